package dev.sluice.launcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSourceTest {

    @TempDir
    private Path temp;

    @Test
    void readsNameAndDirectory() {
        LocalSource source = LocalSource.parse("my-app=" + temp.resolve("..").resolve(temp.getFileName()));
        assertThat(source).isEqualTo(new LocalSource("my-app", temp));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "=dir", "app=", ""})
    void showsExpectedForm(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSource.parse(text))
                .withMessage("--source '%s': must have the form NAME=DIR, for example app=./deploy", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"App", "-app", "app-", "a_b", "a/b", "ä"})
    void refusesInvalidKubernetesName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSource.parse(name + "=" + temp))
                .withMessageContaining("lower-case letters, digits and '-'");
    }

    @Test
    void namesMissingDirectory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSource.parse("app=" + temp.resolve("nowhere")))
                .withMessageContaining("no such directory: " + temp.resolve("nowhere"));
    }
}
