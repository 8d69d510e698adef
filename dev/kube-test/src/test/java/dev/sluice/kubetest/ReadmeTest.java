package dev.sluice.kubetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The test in the README matches the source. */
class ReadmeTest {

    @Test
    void testMatchesSource() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/sluice/kubetest/SecretsIT.java"));
        String region = source.split("// region test\n", 2)[1].split("// endregion", 2)[0];

        assertThat(Files.readString(Path.of("README.md")))
                .contains("<!-- code: test -->\n```java\n" + region + "```\n");
    }
}
