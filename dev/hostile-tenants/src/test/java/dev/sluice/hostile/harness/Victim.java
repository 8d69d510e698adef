package dev.sluice.hostile.harness;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/**
 * A namespace that must not be affected: one generator whose source changes continuously, and one whose source does
 * not. New revisions must be served in time, and no file or object may disappear.
 */
public final class Victim {

    public static final String NAMESPACE = "victim";

    /** The artifact of the source {@code app}, which changes continuously. */
    public static final String CHANGING = "victim-app";

    /** The artifact of the source {@code quiet}, which does not change. */
    public static final String QUIET = "victim-quiet";

    /** A revision that is not served within this time is lost; until then, its time counts in the median. */
    static final Duration LOST_AFTER = Duration.ofSeconds(30);

    private static final Duration RECOVERY = Duration.ofMinutes(3);

    private final KubeClient kube;
    private final SourceHost host;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger version = new AtomicInteger();
    private final Map<String, String> uids = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final ObjectWatch artifacts;
    private volatile long quietSince;

    Victim(KubeClient kube, SourceHost host) {
        this.kube = kube;
        this.host = host;
        this.artifacts = new ObjectWatch(kube, ResourceKind.EXTERNAL_ARTIFACT, NAMESPACE, (object, gone) -> {
            if (gone) {
                deleted.add(object.getAsJsonObject("metadata").get("name").getAsString());
            }
        });
    }

    /** A revision that source-controller has stored and not yet announced. */
    public record Revision(int version, String url, String digest) {}

    void initialize() {
        kube.apply(ResourceKind.NAMESPACE, "", NAMESPACE, Map.of()).orFail();
        source("quiet");
        source("app");
        publishSource("quiet", prepare());
        generator("quiet", QUIET);
        generator("app", CHANGING);
        awaitArtifact(QUIET);
        quietSince = System.nanoTime();
        publish();
    }

    private void source(String name) {
        Map<String, ?> spec = Map.of("spec", SourceObjects.spec(ResourceKind.GIT_REPOSITORY));
        kube.apply(ResourceKind.GIT_REPOSITORY, NAMESPACE, name, spec).orFail();
    }

    private void generator(String source, String artifact) {
        Map<String, Object> copy = Map.of("from", "@src/**", "to", "@artifact/");
        kube.apply(
                        ResourceKind.ARTIFACT_GENERATOR,
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
        byte[] bytes = TarGzBuilder.of("version.txt", "version=" + next + ";");
        String url = host.offer("/gitrepository/victim/app/" + next + ".tar.gz", bytes);
        return new Revision(next, url, FluxDigest.of(bytes));
    }

    /**
     * Publishes a new revision and returns the time until an artifact with its content was served. Only one revision is
     * published at a time; the time does not include the wait for the previous one.
     */
    public synchronized Duration publish() {
        return publish(prepare());
    }

    public synchronized Duration publish(Revision revision) {
        return publish(revision, LOST_AFTER);
    }

    /** Publishes a revision after a restart, which may have to wait until the previous process's lease expires. */
    synchronized void recover() {
        publish(prepare(), RECOVERY);
    }

    private Duration publish(Revision revision, Duration limit) {
        publishSource("app", revision);
        long startNanos = System.nanoTime(); // excludes the API server's time to accept the update
        AtomicReference<String> seen = new AtomicReference<>("");
        await().alias("revision " + revision.version() + " of the victim is served")
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(25))
                .until(() -> artifact(CHANGING)
                        .filter(artifact -> !revisionOf(artifact).equals(seen.getAndSet(revisionOf(artifact))))
                        .filter(artifact -> isServed(artifact, revision.version()))
                        .isPresent());
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private void publishSource(String name, Revision revision) {
        Map<String, Object> artifact =
                SourceObjects.artifact(revision.url(), revision.digest(), "main@sha1:" + revision.version());
        kube.patchStatus(ResourceKind.GIT_REPOSITORY, NAMESPACE, name, Map.of("artifact", artifact))
                .orFail();
    }

    private static String revisionOf(JsonObject artifact) {
        return artifact.get("revision").getAsString();
    }

    /** Fails if the artifact is not served with its digest; returns whether it has the expected version. */
    private boolean isServed(JsonObject artifact, int expected) {
        HttpResponse<byte[]> response = get(artifact.get("url").getAsString());
        assertThat(response.statusCode()).as("%s", artifact).isEqualTo(200);
        assertThat(FluxDigest.of(response.body()))
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

    /** Changes the quiet source once its artifact has been unchanged for this time. */
    public void changeQuiet(Duration age) {
        long wait = quietSince + age.toNanos() - System.nanoTime();
        if (wait > 0) {
            LockSupport.parkNanos(wait);
        }
        String previous = artifact(QUIET).map(Victim::revisionOf).orElse("");
        publishSource("quiet", prepare());
        await().atMost(LOST_AFTER)
                .until(() -> artifact(QUIET)
                        .filter(artifact -> !revisionOf(artifact).equals(previous))
                        .isPresent());
        quietSince = System.nanoTime();
    }

    /** The artifact in the status of one of the victim's ExternalArtifacts. */
    public Optional<JsonObject> artifact(String name) {
        return artifacts
                .get(name)
                .map(object -> object.getAsJsonObject("status"))
                .filter(status -> status.has("artifact"))
                .map(status -> status.getAsJsonObject("artifact"));
    }

    /** Returns the victim's ExternalArtifacts that were deleted since the last call, even if they were created again. */
    Set<String> takeDeletedArtifacts() {
        Set<String> names = Set.copyOf(deleted);
        deleted.removeAll(names);
        return names;
    }

    /** The UID of one of the victim's generators, {@code app} or {@code quiet}. */
    public String uidOfGenerator(String name) {
        return uids.computeIfAbsent(
                name,
                generator -> kube.get(ResourceKind.ARTIFACT_GENERATOR, NAMESPACE, generator)
                        .orElseThrow()
                        .getAsJsonObject("metadata")
                        .get("uid")
                        .getAsString());
    }

    void stopWatching() {
        artifacts.close();
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
