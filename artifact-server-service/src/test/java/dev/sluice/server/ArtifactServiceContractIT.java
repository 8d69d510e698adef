package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.server.ArtifactHttpContract;
import dev.sluice.artifact.server.CanaryVolume;
import dev.sluice.artifact.server.RawHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all artifact servers, applied to the service with Tomcat and Spring MVC. */
class ArtifactServiceContractIT implements ArtifactHttpContract {

    @TempDir
    static Path directory;

    private static CanaryVolume volume;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        volume = CanaryVolume.create(directory);
        server = RunningServer.start(volume.base());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public InetSocketAddress server() {
        return server.address();
    }

    @Override
    public CanaryVolume volume() {
        return volume;
    }

    @Test
    void traceAndUnknownMethodsAreNotAllowed() throws IOException {
        for (String method : new String[] {"TRACE", "PROPFIND", "BREW"}) {
            RawHttp.Reply reply = RawHttp.request(server(), method, CanaryVolume.ARTIFACT);

            assertThat(reply.status()).as(method).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void aRequestLineInAbsoluteFormIsServed() throws IOException {
        RawHttp.Reply reply = RawHttp.request(server(), "GET", "http://localhost" + CanaryVolume.ARTIFACT);

        assertThat(reply.body()).isEqualTo(CanaryVolume.content());
    }

    @Test
    void theArtifactPortServesNoActuatorEndpoint() throws IOException {
        for (String path : new String[] {"/actuator/health", "/metrics", "/healthz", "/readyz"}) {
            assertThat(RawHttp.request(server(), "GET", path).status()).isEqualTo(404);
        }
    }

    @Test
    void oversizedRequestHeadsAreRejected() throws IOException {
        RawHttp.Reply reply = RawHttp.request(server(), "GET", CanaryVolume.ARTIFACT, "X-Large: " + "x".repeat(20_000));

        assertThat(reply.status()).isIn(400, 431);
    }

    @Test
    void metricsCountRequestsAndDownloads() throws IOException {
        RawHttp.request(server(), "GET", CanaryVolume.ARTIFACT);
        RawHttp.request(server(), "GET", "/externalartifact/default/app/none.tar.gz");

        String metrics = server.management("/metrics").body();

        assertThat(metrics)
                .contains("sluice_artifact_requests_total{code=\"200\",method=\"GET\"}")
                .contains("sluice_artifact_misses_total")
                .contains("sluice_artifact_open_downloads ")
                .contains("sluice_artifact_sent_bytes_total")
                .contains("sluice_artifact_download_duration_seconds_bucket")
                .contains("sluice_storage_bytes ")
                .contains("sluice_storage_artifacts ")
                .contains("process_cpu_seconds_total");
        assertThat(server.management("/actuator/prometheus").body()).contains("sluice_artifact_misses_total");
    }
}
