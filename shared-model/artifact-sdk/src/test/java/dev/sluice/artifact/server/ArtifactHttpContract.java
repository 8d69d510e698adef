package dev.sluice.artifact.server;

import static dev.sluice.artifact.server.CanaryVolume.ARTIFACT;
import static dev.sluice.artifact.server.CanaryVolume.DIRECTORY;
import static dev.sluice.artifact.server.CanaryVolume.LARGE;
import static dev.sluice.artifact.server.CanaryVolume.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every artifact server, tested over a real socket. Test classes implement it for their server. */
public interface ArtifactHttpContract {

    /** Returns the address of the server under test, which serves {@link #volume} without directory listings. */
    InetSocketAddress server();

    /** Returns the volume that the server under test serves. */
    CanaryVolume volume();

    private RawHttp.Reply get(String target, String... headers) throws IOException {
        return RawHttp.request(server(), "GET", target, headers);
    }

    private RawHttp.Reply head(String target, String... headers) throws IOException {
        return RawHttp.request(server(), "HEAD", target, headers);
    }

    @Test
    default void sendsTheWholeArtifactWithItsHeaders() throws IOException {
        RawHttp.Reply reply = get(ARTIFACT);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(CanaryVolume.content());
        assertThat(reply.header("Content-Type")).isEqualTo("application/gzip");
        assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(SIZE));
        assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(reply.header("ETag")).matches("\"[0-9a-f]+-[0-9a-f]+\"");
        assertThat(reply.header("Last-Modified")).endsWith(" GMT");
        assertThat(reply.header("Date")).endsWith(" GMT");
    }

    @Test
    default void neverCompressesTheContent() throws IOException {
        RawHttp.Reply reply = get(ARTIFACT, "Accept-Encoding: gzip, deflate, br");
        assertThat(reply.headers()).doesNotContainKeys("content-encoding", "transfer-encoding");
        assertThat(reply.body()).hasSize(SIZE);
    }

    @Test
    default void headReturnsTheHeadersOfGetWithoutBody() throws IOException {
        RawHttp.Reply get = get(ARTIFACT);
        RawHttp.Reply head = head(ARTIFACT);
        assertThat(head.status()).isEqualTo(200);
        for (String name : new String[] {"Content-Length", "Content-Type", "ETag", "Last-Modified", "Cache-Control"}) {
            assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
        }
        assertThat(head(DIRECTORY + "/missing.tar.gz").status()).isEqualTo(404);
    }

    @Test
    default void theConnectionIsUsableAfterHead() throws IOException {
        try (RawHttp http = new RawHttp(server())) {
            for (String target : new String[] {ARTIFACT, DIRECTORY + "/missing.tar.gz", "/", ARTIFACT}) {
                http.send("HEAD", target);
                http.receive("HEAD");
                http.send("GET", target);
                assertThat(http.receive("GET").status()).isIn(200, 404);
            }
            http.send("GET", ARTIFACT, "Range: bytes=5-9");
            assertThat(http.receive("GET").body()).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    default void refusesOtherMethods(String method) throws IOException {
        for (String target : new String[] {ARTIFACT, "/", DIRECTORY + "/missing.tar.gz"}) {
            RawHttp.Reply reply = RawHttp.request(server(), method, target, "Content-Length: 0");
            assertThat(reply.status()).as(target).isEqualTo(405);
            assertThat(reply.header("Allow").replace(" ", "").split(",", -1)).containsExactlyInAnyOrder("GET", "HEAD");
        }
        assertThat(volume().path(ARTIFACT)).exists();
    }

    @Test
    default void doesNotSendAnUnchangedArtifactAgain() throws IOException {
        RawHttp.Reply first = get(ARTIFACT);
        for (String condition : new String[] {
            "If-None-Match: " + first.header("ETag"),
            "If-None-Match: \"other\", W/" + first.header("ETag"),
            "If-None-Match: *",
            "If-Modified-Since: " + first.header("Last-Modified")
        }) {
            RawHttp.Reply reply = get(ARTIFACT, condition);
            assertThat(reply.status()).as(condition).isEqualTo(304);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(head(ARTIFACT, condition).status()).isEqualTo(304);
        }
    }

    @Test
    default void sendsAChangedArtifact() throws IOException {
        assertThat(get(ARTIFACT, "If-None-Match: \"other\"").status()).isEqualTo(200);
        assertThat(get(ARTIFACT, "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT")
                        .status())
                .isEqualTo(200);
        assertThat(get(ARTIFACT, "If-Modified-Since: nonsense").status()).isEqualTo(200);
    }

    @Test
    default void reportsAFailedPrecondition() throws IOException {
        assertThat(get(ARTIFACT, "If-Match: \"other\"").status()).isEqualTo(412);
        assertThat(get(ARTIFACT, "If-Match: " + get(ARTIFACT).header("ETag")).status())
                .isEqualTo(200);
        assertThat(get(ARTIFACT, "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT")
                        .status())
                .isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-0", "10-19", "99990-", "-7", "0-", "99999-200000", "-200000"})
    default void sendsASingleRange(String range) throws IOException {
        RawHttp.Reply reply = get(ARTIFACT, "Range: bytes=" + range);
        assertThat(reply.status()).isEqualTo(206);
        String[] sent = reply.header("Content-Range").split("[ /-]", -1);
        int from = Integer.parseInt(sent[1]);
        int to = Integer.parseInt(sent[2]) + 1;
        assertThat(sent[3]).isEqualTo(Integer.toString(SIZE));
        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(CanaryVolume.content(), from, to));
        assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(to - from));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "bytes=5-1", "bytes=x-y", "lines=1-2", "bytes=", "bytes=0-1,-5"})
    default void sendsTheWholeArtifactForOtherRanges(String range) throws IOException {
        RawHttp.Reply reply = get(ARTIFACT, "Range: " + range);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).hasSize(SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100000-", "bytes=200000-200001", "bytes=-0"})
    default void refusesARangePastTheEnd(String range) throws IOException {
        RawHttp.Reply reply = get(ARTIFACT, "Range: " + range);
        assertThat(reply.status()).isEqualTo(416);
        assertThat(reply.header("Content-Range")).isEqualTo("bytes */" + SIZE);
    }

    @Test
    default void ignoresARangeOfAnotherVersion() throws IOException {
        RawHttp.Reply whole = get(ARTIFACT);
        String range = "Range: bytes=0-9";
        assertThat(get(ARTIFACT, range, "If-Range: " + whole.header("ETag")).status())
                .isEqualTo(206);
        assertThat(get(ARTIFACT, range, "If-Range: " + whole.header("Last-Modified"))
                        .status())
                .isEqualTo(206);
        assertThat(get(ARTIFACT, range, "If-Range: \"other\"").status()).isEqualTo(200);
        assertThat(get(ARTIFACT, range, "If-Range: W/" + whole.header("ETag")).status())
                .isEqualTo(200);
        assertThat(head(ARTIFACT, range).header("Content-Length")).isEqualTo(Integer.toString(SIZE));
    }

    @Test
    default void anEmptyArtifactHasLengthZero() throws IOException {
        RawHttp.Reply reply = get(DIRECTORY + "/empty.tar.gz");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Length")).isEqualTo("0");
        assertThat(get(DIRECTORY + "/empty.tar.gz", "Range: bytes=0-").status()).isEqualTo(416);
    }

    @Test
    default void plainAndEncodedNamesAndQueriesReferToTheSameFile() throws IOException {
        assertThat(get(ARTIFACT.replace("app", "%61%70p")).body()).isEqualTo(CanaryVolume.content());
        assertThat(get(ARTIFACT + "?a=/../b&c=%2e%2e").body()).isEqualTo(CanaryVolume.content());
        assertThat(get(DIRECTORY + "/with%20blank%20+%C3%A9.tar.gz").text()).isEqualTo("blank");
    }

    @Test
    default void servesALinkNextToItsTarget() throws IOException {
        assertThat(get(DIRECTORY + "/latest.tar.gz").body()).isEqualTo(CanaryVolume.content());
    }

    @Test
    default void returnsAPlain404ForAMissingArtifact() throws IOException {
        RawHttp.Reply reply = get(DIRECTORY + "/missing.tar.gz");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.text()).contains("404").doesNotContain(volume().base().toString());
        assertThat(get("/missing/at/all").text()).isEqualTo(reply.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/default/", "/default", "/default/app", "/default/app/"})
    default void doesNotListDirectories(String directory) throws IOException {
        RawHttp.Reply reply = get("/externalartifact" + directory);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).doesNotContain("0123abcd");
    }

    @Test
    default void theRootRespondsToTheProbe() throws IOException {
        assertThat(get("/").status()).isEqualTo(200);
        assertThat(head("/").status()).isEqualTo(200);
        assertThat(get("/").text()).doesNotContain("externalartifact");
    }

    @Test
    default void servesANewFileAtOnce() throws IOException {
        String late = "/externalartifact/late/late/late.tar.gz";
        assertThat(get(late).status()).isEqualTo(404);
        Files.createDirectories(volume().path(late).getParent());
        Files.writeString(volume().path(late), "late");
        assertThat(get(late).text()).isEqualTo("late");
    }

    /** A server may detect the repair up to a second late. */
    @Test
    default void aRepairedFileHasAnotherEntityTag() throws IOException {
        String name = DIRECTORY + "/repaired.tar.gz";
        Path file = volume().path(name);
        Files.writeString(file, "damaged");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        String damaged = get(name).header("ETag");
        Files.writeString(volume().base().resolve("new"), "perfect");
        Files.move(volume().base().resolve("new"), file, StandardCopyOption.ATOMIC_MOVE);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            RawHttp.Reply repaired = get(name, "If-None-Match: " + damaged);
            assertThat(repaired.status()).isEqualTo(200);
            assertThat(repaired.text()).isEqualTo("perfect");
        });
    }

    @Test
    default void completesADownloadOfACollectedFile() throws IOException {
        String name = DIRECTORY + "/collected.tar.gz";
        Files.copy(volume().path(LARGE), volume().path(name));
        byte[] expected = Files.readAllBytes(volume().path(name));
        try (RawHttp http = new RawHttp(server())) {
            http.send("GET", name);
            RawHttp.Reply head = http.receiveHead();
            Files.delete(volume().path(name));
            assertThat(http.body(head)).isEqualTo(expected);
        }
        assertThat(get(name).status()).isEqualTo(404);
    }

    /** Targets that must never return content. */
    static Stream<String> hostileTargets() {
        return TraversalCorpus.targets().stream();
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.artifact.server.ArtifactHttpContract#hostileTargets")
    default void servesNothingElse(String target) throws IOException {
        for (String method : new String[] {"GET", "HEAD"}) {
            RawHttp.Reply reply = RawHttp.request(server(), method, target);
            assertThat(reply.status()).as(method).isBetween(400, 499);
            assertThat(reply.text()).doesNotContain(CanaryVolume.CANARY).doesNotContain("root:");
        }
    }
}
