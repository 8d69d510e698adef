package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DebugEndpointsIT {

    private static final String LOGGER = "/actuator/loggers/dev.sluice";
    private static final String DEBUG = "{\"configuredLevel\":\"DEBUG\"}";

    private static final List<String> DEBUGGING = List.of(
            "/debug/pprof",
            "/debug/pprof/",
            "/debug/pprof/cmdline",
            "/actuator/pprof",
            "/actuator/pprof/cmdline",
            "/actuator/threaddump",
            "/actuator/startup",
            LOGGER);

    @Test
    void withoutTheFlagChangesAndDumpsAreRejected() {
        try (ProfiledService service = ProfiledService.start()) {
            assertThat(service.get(LOGGER).statusCode()).isEqualTo(200);
            assertThat(service.post(LOGGER, DEBUG).statusCode()).isEqualTo(405);
            assertThat(service.get("/actuator/heapdump").statusCode()).isEqualTo(404);
            assertThat(text(service.get("/actuator/threaddump"))).contains("threadName");
            assertThat(text(service.get("/actuator/startup"))).contains("spring.beans.instantiate");
            assertThat(text(service.get("/actuator/info"))).contains("\"java\"");
            assertThat(text(service.get("/actuator/health"))).contains("\"liveness\"", "\"readiness\"");
        }
    }

    @Test
    void withTheFlagLogLevelsAndHeapDumpsAreAvailable() {
        try (ProfiledService service = ProfiledService.start("--debug-endpoints")) {
            assertThat(service.post(LOGGER, DEBUG).statusCode()).isEqualTo(204);
            assertThat(text(service.get(LOGGER))).contains("\"effectiveLevel\":\"DEBUG\"");
            HttpResponse<byte[]> dump = service.get("/actuator/heapdump");
            assertThat(dump.statusCode()).isEqualTo(200);
            assertThat(new String(dump.body(), 0, 12, StandardCharsets.US_ASCII))
                    .isEqualTo("JAVA PROFILE");
            HttpResponse<byte[]> second = service.get("/actuator/heapdump");
            assertThat(second.statusCode())
                    .as("a heap dump collects garbage first")
                    .isEqualTo(429);
            assertThat(second.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void externalClientsOnlyGetHealthAndMetrics() {
        InetAddress elsewhere = nonLoopbackAddress();
        // headers are trusted, as by Spring in a pod, but the socket decides
        try (ProfiledService service = ProfiledService.start(
                "--management-addr=0.0.0.0:0",
                "--server.forward-headers-strategy=native",
                "--server.tomcat.remoteip.internal-proxies=.*")) {
            for (String path : DEBUGGING) {
                assertThat(service.get(path).statusCode()).as(path).isIn(200, 302);
                assertThat(service.getFrom(elsewhere, path).statusCode())
                        .as(path)
                        .isEqualTo(403);
                assertThat(service.getFrom(
                                        elsewhere,
                                        path,
                                        "X-Forwarded-For",
                                        "127.0.0.1",
                                        "Forwarded",
                                        "for=127.0.0.1",
                                        "X-Real-IP",
                                        "127.0.0.1")
                                .statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(text(service.getFrom(elsewhere, "/actuator/%70prof"))).contains("port-forward");
            assertThat(text(service.getFrom(elsewhere, "//debug//pprof/;a=b"))).contains("port-forward");
            for (String path : List.of("/metrics", "/actuator/prometheus", "/actuator/health", "/actuator/info")) {
                assertThat(service.getFrom(elsewhere, path).statusCode())
                        .as(path)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void withTheFlagExternalClientsGetEverything() {
        InetAddress elsewhere = nonLoopbackAddress();
        try (ProfiledService service = ProfiledService.start("--management-addr=0.0.0.0:0", "--debug-endpoints")) {
            for (String path : DEBUGGING) {
                assertThat(service.getFrom(elsewhere, path).statusCode())
                        .as(path)
                        .isIn(200, 302);
            }
        }
    }

    private static InetAddress nonLoopbackAddress() {
        Optional<InetAddress> found = Optional.empty();
        try {
            found = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .findFirst();
        } catch (SocketException e) {
            System.out.println("DebugEndpointsIT: " + e);
        }
        if (found.isEmpty()) {
            System.out.println("DebugEndpointsIT: no network: external access is not tested");
        }
        Assumptions.assumeTrue(found.isPresent(), "only loopback addresses");
        return found.orElseThrow();
    }

    @Test
    void profilesCanBeDisabledAtBothPaths() {
        try (ProfiledService service = ProfiledService.start("--management.endpoint.pprof.access=none")) {
            for (String path : List.of("/debug/pprof/", "/debug/pprof/cmdline", "/actuator/pprof", "/debug/pprof")) {
                assertThat(service.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(service.post("/debug/pprof/symbol", "0x1").statusCode()).isEqualTo(404);
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
