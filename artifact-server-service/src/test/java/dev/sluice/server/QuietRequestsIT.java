package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.server.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Credentials that clients send, which they need not, stay out of the log at its most talkative. */
@Timeout(120)
class QuietRequestsIT {

    private static final String PLANTED = "pl4nted";
    private static final List<String> TARGETS = List.of(
            "/app.tar.gz?token=" + PLANTED,
            "/none.tar.gz?token=" + PLANTED,
            "/app.tar.gz?token=" + PLANTED + "&bad=%zz",
            "/app.tar.gz;jsessionid=" + PLANTED,
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
        PrintStream before = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try (RunningServer server = RunningServer.start(volume, "--log-level=trace")) {
            for (String target : TARGETS) {
                RawHttp.request(
                        server.address(),
                        "GET",
                        target,
                        "Authorization: Bearer " + PLANTED,
                        "Cookie: session=" + PLANTED + "; bad=\"" + PLANTED,
                        "Referer: http://user:" + PLANTED + "@x/",
                        "Connection: close");
            }
            for (String request : MALFORMED) {
                sendMalformed(server, request);
            }
        } finally {
            System.setErr(before);
        }
        List<String> lines = captured.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).allSatisfy(line -> JsonMapper.shared().readTree(line));
        assertThat(lines.stream()
                        .filter(line -> line.contains("ArtifactServerApplication"))
                        .map(line -> RecordedLog.normal(line) + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(RecordedLog.golden("the start"));
        assertThat(lines).noneMatch(line -> line.contains(PLANTED));
    }

    /** Some are answered with 400, of some only the connection is closed. */
    private static void sendMalformed(RunningServer server, String request) throws IOException {
        try (RawHttp http = new RawHttp(server.address())) {
            http.sendRaw(request);
            assertThat(http.receiveHead().status()).isBetween(200, 599);
        } catch (EOFException | SocketException closed) {
            assertThat(closed).isNotNull();
        }
    }
}
