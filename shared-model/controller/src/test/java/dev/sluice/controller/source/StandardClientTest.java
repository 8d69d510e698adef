package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardClientTest {

    @TempDir
    Path home;

    private void require(Map<String, String> environment, String token) {
        StandardClient.requireConfiguration(environment, home.resolve(token));
    }

    @Test
    void saysWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> require(Map.of("HOME", home.toString(), "KUBECONFIG", ""), "none"))
                .withMessageStartingWith("no Kubernetes client configuration: set KUBECONFIG");
    }

    @Test
    void acceptsEachConfiguration() throws IOException {
        assertThatCode(() -> require(Map.of("KUBECONFIG", "/any"), "none")).doesNotThrowAnyException();
        Files.writeString(home.resolve("token"), "x");
        assertThatCode(() -> require(Map.of(), "token")).doesNotThrowAnyException();
        Files.writeString(Files.createDirectory(home.resolve(".kube")).resolve("config"), "");
        assertThatCode(() -> require(Map.of("HOME", home.toString()), "none")).doesNotThrowAnyException();
    }
}
