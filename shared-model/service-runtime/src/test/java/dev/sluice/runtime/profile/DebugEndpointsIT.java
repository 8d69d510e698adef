package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DebugEndpointsIT {

    private static final String LOGGER = "/actuator/loggers/dev.sluice";
    private static final String DEBUG = "{\"configuredLevel\":\"DEBUG\"}";

    @Test
    void withoutTheSwitchNobodyChangesOrDumpsAnything() {
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
    void withTheSwitchALevelChangesAtOnceAndTheHeapCanBeHad() {
        try (ProfiledService service = ProfiledService.start("--debug-endpoints")) {
            assertThat(service.post(LOGGER, DEBUG).statusCode()).isEqualTo(204);
            assertThat(text(service.get(LOGGER))).contains("\"effectiveLevel\":\"DEBUG\"");
            HttpResponse<byte[]> dump = service.get("/actuator/heapdump");
            assertThat(dump.statusCode()).isEqualTo(200);
            assertThat(new String(dump.body(), 0, 12, StandardCharsets.US_ASCII))
                    .isEqualTo("JAVA PROFILE");
        }
    }

    @Test
    void profilesCanBeSwitchedOffInBothPlaces() {
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
