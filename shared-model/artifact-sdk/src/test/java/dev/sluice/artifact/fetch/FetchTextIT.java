package dev.sluice.artifact.fetch;

import static dev.sluice.artifact.fetch.ScriptedServer.ok;
import static dev.sluice.artifact.fetch.ScriptedServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.storage.ArtifactNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FetchTextIT {

    private final List<Duration> waits = new ArrayList<>();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String fetch(int maxBytes) throws IOException {
        return fetch(FetchOptions.defaults(), maxBytes);
    }

    private String fetch(FetchOptions options, int maxBytes) throws IOException {
        ArtifactFetcher fetcher = new ArtifactFetcher(options, Clock.systemUTC(), waits::add, () -> 0);
        return fetcher.fetchText(server.url("/SHA256SUMS"), maxBytes, Deadline.never());
    }

    @Test
    void retriesRetryableErrors() throws IOException {
        server.then(status(503));
        server.then(ok("abc  file"));

        assertThat(fetch(9)).isEqualTo("abc  file");
        assertThat(waits).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void refusesTextsAboveTheLimit() {
        server.then(ok("abc  file"));

        assertThatThrownBy(() -> fetch(8))
                .isExactlyInstanceOf(FetchException.class)
                .hasMessageContaining("8 bytes");
    }

    @Test
    void refusesContentThatIsNotText() {
        server.then(ok("\u00ff"));

        assertThatThrownBy(() -> fetch(8))
                .isExactlyInstanceOf(FetchException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aMissingTextHasItsOwnException() {
        server.then(status(404));

        assertThatThrownBy(() -> fetch(8)).isInstanceOf(ArtifactNotFoundException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void sendsNoRequestWithCredentialsOverHttp() {
        FetchOptions options =
                FetchOptions.defaults().withAccess(FetchAccess.open().withBasic("user", "s3cret"));

        assertThatThrownBy(() -> fetch(options, 8)).isExactlyInstanceOf(FetchException.class);
        assertThat(server.requests()).isEmpty();
    }
}
