package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of {@code helm test}, against a test server. */
class DownloadTestScriptIT {

    private static final String ARTIFACT = "externalartifact/apps/app/0123.tar.gz";

    @TempDir
    Path volume;

    private final AtomicInteger refusals = new AtomicInteger();
    private volatile String content = "artifact";
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        assumeTrue(Tool.isAvailable("wget") && Tool.isAvailable("sha256sum"), "needs wget and sha256sum");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean refused = refusals.getAndDecrement() > 0;
            boolean known = List.of("/", "/" + ARTIFACT)
                    .contains(exchange.getRequestURI().getPath());
            byte[] body = content.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? 503 : known ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private Tool.Result run(String directory, int seconds) {
        Manifest pod = Helm.orSkip().template().get("Pod", "sluice-test-served");
        List<String> command = new ArrayList<>(Manifest.strings(pod.at("spec", "containers", 0, "command")));
        command.set(4, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        command.set(5, directory);
        command.set(6, Integer.toString(seconds));
        return Tool.run(command);
    }

    private void store() throws IOException {
        Path file = volume.resolve(ARTIFACT);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "artifact");
        Files.writeString(file.resolveSibling(".tmp.tar.gz"), "unfinished");
    }

    @Test
    void downloadsStoredArtifact() throws IOException {
        store();
        Tool.Result result = run(volume.toString(), 30);

        assertThat(result.output()).isEqualTo("downloaded " + ARTIFACT + "\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void retriesUntilServersAreReady() throws IOException {
        store();
        refusals.set(2);
        Tool.Result result = run(volume.toString(), 60);

        assertThat(result.output()).contains("downloaded");
        assertThat(result.code()).isZero();
    }

    @Test
    void failsOnWrongContent() throws IOException {
        store();
        content = "something else";
        Tool.Result result = run(volume.toString(), 1);

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains(ARTIFACT + " returned different content than the volume");
    }

    @Test
    void failsWithoutResponse() {
        refusals.set(1_000);
        Tool.Result result = run(volume.toString(), 1);

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains("GET http://127.0.0.1:", "network policies");
    }

    @Test
    void succeedsWithoutArtifactIfServersAreReady() {
        assertThat(run(volume.toString(), 30).output()).contains("there is no artifact yet");
        assertThat(run("", 30).output()).contains("the servers are ready");
    }
}
