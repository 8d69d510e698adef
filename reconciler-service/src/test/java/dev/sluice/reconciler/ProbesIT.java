package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.reconciler.console.ConsoleServer;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.PortInUseException;

/** Tests the probes of a leader and of a standby. */
class ProbesIT {

    @TempDir
    Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private KubeApi api;
    private Path kubeconfig;
    private Path storage;

    @BeforeEach
    void start() throws IOException {
        api = KubeApi.start(KubeApiOptions.defaults());
        kubeconfig = temporary.resolve("kubeconfig");
        api.writeKubeconfig(kubeconfig);
        storage = Files.createDirectory(temporary.resolve("storage"));
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
    }

    @Test
    void leaderAndStandbyReportCachesAndVolume() throws Exception {
        try (RunningReconciler leader = replica();
                RunningReconciler standby = replica("--console-addr=:0")) {
            assertThat(probe(leader, "healthz")).isEqualTo(200);
            assertThat(probe(leader, "readyz")).as("caches are not synced").isEqualTo(503);

            new Cluster(Config.fromUrl(api.url().toString(), false)).installCrds();
            awaitProbe(leader, "readyz", 200);
            awaitProbe(standby, "readyz", 200);
            assertThat(probe(standby, "healthz")).isEqualTo(200);

            assertThat(leader.context().containsBean("console")).isFalse();
            assertThat(leader.context().containsBean("runHistory")).isFalse();
            assertThat(console(standby))
                    .contains("No problems", "<dt>Leader</dt>")
                    .containsPattern("this replica (is a standby|leads)");

            Path away = Files.move(storage, temporary.resolve("away"));
            awaitProbe(leader, "readyz", 503);
            assertThat(probe(leader, "healthz"))
                    .as("a restart would not restore the volume")
                    .isEqualTo(200);
            Files.move(away, storage);
            awaitProbe(leader, "readyz", 200);
            assertThat(probe(leader, "actuator/health"))
                    .as("no other endpoint on this port")
                    .isEqualTo(404);
            assertThat(probe(leader, "webjars/highlightjs/11.11.1/highlight.min.js"))
                    .isEqualTo(404);
        }
    }

    @Test
    void namesThePortOfTheProbesIfItIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> replica("--health-addr=127.0.0.1:" + taken.getLocalPort()))
                    .hasRootCauseInstanceOf(PortInUseException.class)
                    .hasRootCauseMessage("Port " + taken.getLocalPort() + " is already in use");
        }
    }

    private RunningReconciler replica(String... flags) {
        return RunningReconciler.start(
                kubeconfig,
                storage,
                Stream.concat(Stream.of("--enable-leader-election"), Stream.of(flags))
                        .toArray(String[]::new));
    }

    private void awaitProbe(RunningReconciler reconciler, String path, int status) {
        await(path + " " + status).atMost(Duration.ofSeconds(60)).until(() -> probe(reconciler, path) == status);
    }

    private String console(RunningReconciler reconciler) throws IOException, InterruptedException {
        int port = reconciler.bean(ConsoleServer.class).port();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private int probe(RunningReconciler reconciler, String path) throws IOException, InterruptedException {
        int port = reconciler.bean(ProbesPort.class).port();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
