package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesOptionOfPortOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ports(8001, 9090, 70_000, 9440, 8082, 9480))
                .withMessage("--metrics-port 70000: not a valid port; use 1 to 65535");
    }

    @Test
    void refusesPortZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ports(0, 9090, 8080, 9440, 8082, 9480))
                .withMessageContaining("--api-port 0");
    }

    @Test
    void namesBothOptionsWithSamePort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ports(8001, 9090, 8080, 9090, 8082, 9480))
                .withMessage("--artifact-port and --health-port are both 9090; choose different ports");
    }
}
