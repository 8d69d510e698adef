package dev.sluice.artifact.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of the standard, as go-spiffe reads them. */
class WorkloadApiAddressTest {

    @ParameterizedTest
    @CsvSource({
        "unix:///run/agent.sock, /run/agent.sock",
        "unix:/run/agent.sock, /run/agent.sock",
        "tcp://127.0.0.1:8000, /127.0.0.1:8000",
        "tcp://[::1]:8000, /[0:0:0:0:0:0:0:1]:8000",
    })
    void reads(String text, String socket) {
        assertThat(WorkloadApiAddress.parse(text).socket()).hasToString(socket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/run/agent.sock",
                "unix://",
                "unix:///",
                "unix://host/agent.sock",
                "tcp://localhost:8000",
                "tcp://127.0.0.1",
                "tcp://127.0.0.1:80/x",
                "http://127.0.0.1:80",
                "unix://\0"
            })
    void refuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkloadApiAddress.parse(text))
                .withMessageContaining("use unix:///PATH or tcp://IP-ADDRESS:PORT");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkloadIdentity.fromEnvironment(Map.of()))
                .withMessageContaining("SPIFFE_ENDPOINT_SOCKET");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkloadIdentity.fromEnvironment(Map.of("SPIFFE_ENDPOINT_SOCKET", "agent")))
                .withMessageStartingWith("SPIFFE_ENDPOINT_SOCKET: \"agent\" is not");
    }
}
