package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code diff} against the URL of a published artifact. */
class DownloadIT {

    @TempDir
    Path directory = Path.of("");

    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serveOutput() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = directory.resolve("out" + exchange.getRequestURI().getPath());
            boolean found = Files.isRegularFile(file);
            if (failures.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            exchange.sendResponseHeaders(found ? 200 : 404, found ? Files.size(file) : -1);
            if (found) {
                Files.copy(file, exchange.getResponseBody());
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void comparesWithAPublishedArtifact() throws IOException {
        Workspace workspace = new Workspace(directory).file("src/a", "1\n").generator("""
                artifacts:
                - name: one
                  copy: [{from: "@src/", to: "@artifact/"}]
                """);
        workspace.build("--archive");
        List<String> url = List.of(
                "--against",
                "http://127.0.0.1:%d/one.tar.gz".formatted(server.getAddress().getPort()));

        assertThat(workspace.run("diff", url).exitCode()).isZero();
        workspace.file("src/a", "2\n");
        assertThat(workspace.run("diff", url).out()).contains("M  a\n", "-1\n", "+2\n");
        CommandRun missing = workspace.run("diff", List.of("--against", url.get(1) + ".gone"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("404");
    }

    @Test
    void retriesAServerErrorThreeTimes() throws IOException {
        Workspace workspace = new Workspace(directory).file("src/a", "1\n").generator("""
                artifacts:
                - name: one
                  copy: [{from: "@src/", to: "@artifact/"}]
                """);
        workspace.build("--archive");
        List<String> against = List.of("--against", url("one.tar.gz"));

        failures.set(1);
        assertThat(workspace.run("diff", against).exitCode()).isZero();
        failures.set(4);
        CommandRun failed = workspace.run("diff", against);
        assertThat(failed.exitCode()).isEqualTo(2);
        assertThat(failed.err()).contains("503");
    }

    @Test
    void verifiesTheGivenDigest() throws IOException {
        Workspace workspace = new Workspace(directory).file("src/a", "1\n").generator("""
                artifacts:
                - name: one
                  copy: [{from: "@src/", to: "@artifact/"}]
                """);
        workspace.build("--archive");
        byte[] bytes = Files.readAllBytes(directory.resolve("out/one.tar.gz"));
        String digest = Digest.ofBytes(DigestAlgorithm.SHA256, bytes).toString();
        List<String> against = List.of("--against", url("one.tar.gz"));

        assertThat(workspace.run("diff", against, "--digest", digest).exitCode())
                .isZero();
        CommandRun wrong = workspace.run("diff", against, "--digest", "sha256:" + "0".repeat(64));
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("has the digest \"" + digest);
        List<String> file = List.of("--against", workspace.path("out/one.tar.gz"));
        assertThat(workspace
                        .run("diff", file, "--digest", "sha256:" + "0".repeat(64))
                        .exitCode())
                .isEqualTo(2);
        assertThat(workspace.run("diff", file, "--digest", "nonsense").err()).contains("invalid --digest");
    }

    @Test
    void verifiesTheHashInTheFileName() throws IOException {
        Workspace workspace = new Workspace(directory).file("src/a", "1\n").generator("""
                artifacts:
                - name: one
                  copy: [{from: "@src/", to: "@artifact/"}]
                """);
        workspace.build("--archive");
        String other = "0".repeat(64) + ".tar.gz";
        Files.copy(directory.resolve("out/one.tar.gz"), directory.resolve("out/" + other));

        CommandRun run = workspace.run("diff", List.of("--against", url(other)));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("its content does not match the hash in its name");
    }

    private String url(String file) {
        return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), file);
    }
}
