package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diff} against the URL of a published artifact. */
class DownloadIT {

    @TempDir
    Path directory = Path.of("");

    private HttpServer server;

    @BeforeEach
    void serveOutput() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = directory.resolve("out" + exchange.getRequestURI().getPath());
            boolean found = Files.isRegularFile(file);
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
    void comparesWithWhatAServerPublishes() throws IOException {
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
        assertThat(missing.err()).contains("the server answered with status 404");
    }
}
