package dev.sluice.hostile.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/**
 * The neighbour: a namespace with a source, a generator that follows it and one that never changes. All that it wants
 * is that a new revision is served soon, and that nothing of its own vanishes.
 */
public final class Victim {

    public static final String NAMESPACE = "victim";

    /** The artifact that follows the source {@code app}. */
    public static final String CHANGING = "victim-app";

    /** The artifact that stays as it was made first. */
    public static final String QUIET = "victim-quiet";

    /** A revision that was not served by then is lost; a late one counts in the median. */
    static final Duration NEVER = Duration.ofSeconds(30);

    private static final Duration RECOVERY = Duration.ofMinutes(3);

    private final KubeClient kube;
    private final SourceHost host;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger version = new AtomicInteger();
    private volatile long quietSince;

    Victim(KubeClient kube, SourceHost host) {
        this.kube = kube;
        this.host = host;
    }

    /** A revision that source-controller has stored and told nobody of yet. */
    public record Revision(int version, String url, String digest) {}

    void settle() {
        kube.apply(Kind.NAMESPACE, "", NAMESPACE, Map.of()).orFail();
        publishSource("quiet", prepare());
        generator("quiet", QUIET);
        generator("app", CHANGING);
        awaitArtifact(QUIET);
        quietSince = System.nanoTime();
        publish();
    }

    private void generator(String source, String artifact) {
        Map<String, Object> copy = Map.of("from", "@src/**", "to", "@artifact/");
        kube.apply(
                        Kind.ARTIFACT_GENERATOR,
                        NAMESPACE,
                        source,
                        Map.of(
                                "spec",
                                Map.of(
                                        "sources",
                                                List.of(Map.of(
                                                        "alias", "src", "kind", "GitRepository", "name", source)),
                                        "artifacts", List.of(Map.of("name", artifact, "copy", List.of(copy))))))
                .orFail();
    }

    private void awaitArtifact(String name) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> artifact(name).isPresent());
    }

    public Revision prepare() {
        int next = version.incrementAndGet();
        byte[] bytes = TarBytes.of("version.txt", "version=" + next + ";");
        String url = host.offer("/gitrepository/victim/app/" + next + ".tar.gz", bytes);
        return new Revision(next, url, Sha256.of(bytes));
    }

    /**
     * Publishes a new revision and returns how long it took until the artifact with its content was served. One at a
     * time: what waits for its turn is not part of it.
     */
    public synchronized Duration publish() {
        return publish(prepare());
    }

    /** Like {@link #publish()}; fails if the revision is not served within the limit. */
    synchronized Duration publish(Duration limit) {
        return publish(prepare(), limit);
    }

    public synchronized Duration publish(Revision revision) {
        return publish(revision, NEVER);
    }

    /** As after a restart, which has to wait for the lease when the process before could not hand it over. */
    synchronized void recover() {
        publish(prepare(), RECOVERY);
    }

    private Duration publish(Revision revision, Duration limit) {
        publishSource("app", revision);
        long begun = System.nanoTime(); // how long the API server takes to accept it is not Sluice's affair
        AtomicReference<String> seen = new AtomicReference<>("");
        await().alias("revision " + revision.version() + " of the victim is served")
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(25))
                .until(() -> artifact(CHANGING)
                        .filter(artifact -> !revisionOf(artifact).equals(seen.getAndSet(revisionOf(artifact))))
                        .filter(artifact -> isServed(artifact, revision.version()))
                        .isPresent());
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void publishSource(String name, Revision revision) {
        kube.apply(Kind.GIT_REPOSITORY, NAMESPACE, name, Map.of("spec", Sources.spec(Kind.GIT_REPOSITORY)))
                .orFail();
        Map<String, Object> artifact =
                Sources.artifact(revision.url(), revision.digest(), "main@sha1:" + revision.version());
        kube.patchStatus(Kind.GIT_REPOSITORY, NAMESPACE, name, Map.of("artifact", artifact))
                .orFail();
    }

    private static String revisionOf(JsonObject artifact) {
        return artifact.get("revision").getAsString();
    }

    /** What is offered must be served; whether it is the newest revision, or one that was late. */
    private boolean isServed(JsonObject artifact, int expected) {
        HttpResponse<byte[]> response = get(artifact.get("url").getAsString());
        assertThat(response.statusCode()).as("%s", artifact).isEqualTo(200);
        assertThat(Sha256.of(response.body()))
                .as("digest of %s", artifact)
                .isEqualTo(artifact.get("digest").getAsString());
        return unpacked(response.body()).contains("version=" + expected + ";");
    }

    private static String unpacked(byte[] tarGz) {
        try (GZIPInputStream tar = new GZIPInputStream(new ByteArrayInputStream(tarGz))) {
            return new String(tar.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the artifact that stays as it is change after all, when it was so for a while. */
    public void changeQuiet(Duration age) {
        long wait = quietSince + age.toNanos() - System.nanoTime();
        if (wait > 0) {
            LockSupport.parkNanos(wait);
        }
        String former = artifact(QUIET).map(Victim::revisionOf).orElse("");
        publishSource("quiet", prepare());
        await().atMost(NEVER)
                .until(() -> artifact(QUIET)
                        .filter(artifact -> !revisionOf(artifact).equals(former))
                        .isPresent());
        quietSince = System.nanoTime();
    }

    /** What an ExternalArtifact of the victim offers now. */
    public Optional<JsonObject> artifact(String name) {
        return kube.get(Kind.EXTERNAL_ARTIFACT, NAMESPACE, name)
                .map(object -> object.getAsJsonObject("status"))
                .filter(status -> status.has("artifact"))
                .map(status -> status.getAsJsonObject("artifact"));
    }

    /** The UID of one of the victim's generators, {@code app} or {@code quiet}. */
    public String uidOfGenerator(String name) {
        return kube.get(Kind.ARTIFACT_GENERATOR, NAMESPACE, name)
                .orElseThrow()
                .getAsJsonObject("metadata")
                .get("uid")
                .getAsString();
    }

    HttpResponse<byte[]> get(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
