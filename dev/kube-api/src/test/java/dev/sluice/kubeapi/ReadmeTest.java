package dev.sluice.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code in the README compiles and runs. */
class ReadmeTest {

    @Test
    void codeMatchesThisTest() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/sluice/kubeapi/ReadmeTest.java"));
        String region = source.split("// region start\n", 2)[1]
                .split(" *// endregion", 2)[0]
                .stripTrailing()
                .stripIndent();

        assertThat(Files.readString(Path.of("README.md")))
                .contains("<!-- code: start -->\n```java\n" + region + "\n```\n");
    }

    @Test
    void startsApi() throws IOException {
        assertThat(start()).startsWith("http://127.0.0.1:");
    }

    // region start
    /** Starts an in-memory API on a free port and stops it. */
    static String start() throws IOException {
        try (KubeApi api = KubeApi.start(KubeApiOptions.defaults())) {
            String kubeconfig = api.kubeconfig(); // as text; writeKubeconfig(file) writes it
            api.faults(); // fault injection and the request log
            return kubeconfig.isEmpty() ? "" : api.url().toString();
        }
    }
    // endregion
}
