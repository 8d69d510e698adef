package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.server.RawHttp;
import dev.sluice.runtime.logging.StandardError;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Requests are not logged by default, and their credentials are not logged at any level. */
@Timeout(120)
class RequestLoggingIT {

    private static final String PLANTED = "pl4nted";
    private static final List<String> TARGETS = List.of(
            "/app.tar.gz?token=" + PLANTED,
            "/none.tar.gz?token=" + PLANTED,
            "/app.tar.gz?token=" + PLANTED + "&bad=%zz",
            "/app.tar.gz;jsessionid=" + PLANTED,
            "/none;token=" + PLANTED + "/none.tar.gz;token=" + PLANTED,
            "/none.tar.gz%3Btoken=" + PLANTED,
            "//user:" + PLANTED + "@localhost/none.tar.gz",
            "/../app.tar.gz?token=" + PLANTED,
            "/%2e%2e/%zz?token=" + PLANTED,
            "http://user:" + PLANTED + "@localhost/app.tar.gz");
    private static final List<String> MALFORMED = List.of(
            "GET /app.tar.gz?token=" + PLANTED + "{|} HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /app.tar.gz?token=" + PLANTED + " HTTP/9.9\r\nHost: x\r\n\r\n",
            "G{T /app.tar.gz?token=" + PLANTED + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /app.tar.gz HTTP/1.1\r\nHost: x\r\nAuthorization Bearer " + PLANTED + "\r\n\r\n",
            "GET /app.tar.gz HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + PLANTED + "\u0001\r\n\r\n",
            "GET /app.tar.gz HTTP/1.1\r\nHost: user:" + PLANTED + "@x\r\n\r\n",
            "GET http://user:" + PLANTED + "@x:port/app.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /app.tar.gz HTTP/1.1\r\nHost: x\r\nContent-Length: " + PLANTED + "\r\n\r\n",
            "GET /app.tar.gz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + PLANTED + "\r\n\r\n");

    @TempDir
    Path temporary;

    @Test
    void noCredentialOfARequestIsLoggedAtTrace() throws IOException {
        Path volume = Files.createDirectory(temporary.resolve("volume"));
        Files.writeString(volume.resolve("app.tar.gz"), "app");
        List<String> lines;
        try (StandardError error = StandardError.capture();
                RunningServer server = RunningServer.start(volume, "--log-level=trace")) {
            for (String target : TARGETS) {
                RawHttp.Reply reply = RawHttp.request(
                        server.address(),
                        "GET",
                        target,
                        "Authorization: Bearer " + PLANTED,
                        "Cookie: session=" + PLANTED + "; bad=\"" + PLANTED,
                        "Referer: http://user:" + PLANTED + "@x/",
                        "Connection: close");
                assertThat(new String(reply.body(), StandardCharsets.ISO_8859_1))
                        .doesNotContain(PLANTED);
                assertThat(reply.headers().toString()).doesNotContain(PLANTED);
            }
            for (String request : MALFORMED) {
                sendMalformed(server, request);
            }
            for (String path : List.of(
                    "/metrics", "/actuator/startup", "/debug/pprof/cmdline", "/debug/pprof/goroutine?debug=2")) {
                assertThat(server.management(path).body()).as(path).isNotEmpty().doesNotContain(PLANTED);
            }
            lines = error.lines();
        }
        assertThat(lines).isNotEmpty().allSatisfy(line -> JsonMapper.shared().readTree(line));
        assertThat(lines).noneMatch(line -> line.contains(PLANTED));
    }

    @Test
    void noRequestIsLoggedByDefault() throws IOException {
        assertThat(linesOfRequests("--server.tomcat.accesslog.enabled=true"))
                .as("lines of an enabled access log")
                .hasSizeGreaterThanOrEqualTo(TARGETS.size());
        assertThat(linesOfRequests()).isEmpty();
    }

    /** Returns the lines logged during the requests, and the content of Tomcat's directory after the shutdown. */
    private List<String> linesOfRequests(String... arguments) throws IOException {
        Path volume = Files.createTempDirectory(temporary, "volume");
        Path tomcat = Files.createTempDirectory(temporary, "tomcat");
        Files.writeString(volume.resolve("app.tar.gz"), "app");
        List<String> lines = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server.tomcat.basedir=" + tomcat);
        try (StandardError error = StandardError.capture();
                RunningServer server = RunningServer.start(volume, all.toArray(String[]::new))) {
            int before = error.lines().size();
            assertThat(before).as("lines logged at startup").isPositive();
            for (String target : TARGETS) {
                RawHttp.request(server.address(), "GET", target, "Connection: close");
                RawHttp.request(server.address(), "HEAD", target, "Connection: close");
            }
            lines.addAll(error.lines().subList(before, error.lines().size()));
        }
        try (Stream<Path> files = Files.walk(tomcat)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** The server responds with 400 or only closes the connection. */
    private static void sendMalformed(RunningServer server, String request) throws IOException {
        try (RawHttp http = new RawHttp(server.address())) {
            http.sendRaw(request);
            assertThat(http.receiveHead().status()).isBetween(200, 599);
        } catch (EOFException | SocketException closed) {
            // closing the connection is a valid reaction
        }
    }
}
