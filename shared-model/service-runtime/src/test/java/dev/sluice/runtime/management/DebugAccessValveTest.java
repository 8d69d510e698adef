package dev.sluice.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebugAccessValveTest {

    private final DebugAccessValve valve = new DebugAccessValve("/actuator");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/debug/pprof",
                "/debug/pprof/",
                "/debug/pprof/heap",
                "/actuator/pprof",
                "/actuator/pprof/heap",
                "/actuator/heapdump",
                "/actuator/threaddump",
                "/actuator/startup",
                "/actuator/loggers",
                "/actuator/loggers/dev.sluice",
                "/actuator/whatever-comes-next"
            })
    void restrictsProcessEndpoints(String path) {
        assertThat(valve.isForDebugging(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics",
                "/healthz",
                "/readyz",
                "/actuator",
                "/actuator/",
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/info",
                "/actuator/prometheus",
                "/externalartifact/debug/pprof/a.tar.gz"
            })
    void allowsHealthAndMetrics(String path) {
        assertThat(valve.isForDebugging(path)).isFalse();
    }

    @Test
    void passesOnARequestThatTomcatHasRefused() {
        assertThat(valve.isForDebugging(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "::1, ::1, true",
        "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1, true",
        "::ffff:127.0.0.1, ::ffff:127.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "::ffff:10.0.0.1, ::ffff:10.0.0.2, false",
        "fd00::1, fd00::2, false",
        // an external connection as forwarded by a proxy in the pod
        "127.0.0.6, 10.0.0.2, false",
        "10.0.0.1, 127.0.0.1, false",
        "fe80::1%nosuchinterface, ::1, false"
    })
    void checksBothEndsOfTheConnection(String peer, String local, boolean isLocal) {
        assertThat(DebugAccessValve.isLocal(peer, local)).isEqualTo(isLocal);
    }

    @Test
    void anUnknownAddressIsNotLocal() {
        assertThat(DebugAccessValve.isLocal(null, "127.0.0.1")).isFalse();
        assertThat(DebugAccessValve.isLocal("", "127.0.0.1")).isFalse();
        assertThat(DebugAccessValve.isLocal("127.0.0.1", null)).isFalse();
    }
}
