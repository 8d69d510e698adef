package dev.sluice.launcher.source;

import dev.sluice.artifact.ignore.SourceDirectory;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.launcher.cluster.ApiServer;
import dev.sluice.launcher.cluster.ManifestException;
import dev.sluice.toolkit.meta.Reasons;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores a directory's content as an artifact and updates the status of its GitRepository. Not thread-safe. */
final class SourcePublisher {

    static final String KIND = "GitRepository";
    static final String NAMESPACE = "default";
    private static final String PATH = "/apis/source.toolkit.fluxcd.io/v1/namespaces/%s/gitrepositories/%s";
    private static final Duration GARBAGE_TIMEOUT = Duration.ofSeconds(10);

    private final LocalSource source;
    private final ArtifactStorage storage;
    private final LocalArchive archive;
    private final ApiServer api;
    private @Nullable Artifact published;
    private SourceStatus.@Nullable Ready ready;

    SourcePublisher(LocalSource source, ArtifactStorage storage, LocalArchive archive, ApiServer api) {
        this.source = source;
        this.storage = storage;
        this.archive = archive;
        this.api = api;
    }

    record Publication(Artifact artifact, int files, boolean isNew) {}

    /** @param request the reconcile request to acknowledge in the status; empty if there is none */
    Publication publish(String request) throws IOException, InterruptedException {
        FileTree tree = SourceDirectory.read(source.directory(), SourceIgnore.defaults(), Set.of());
        String hash = tree.contentHash().hex();
        String revision = "local@sha256:" + hash;
        Artifact before = published;
        if (before != null && before.revision().equals(revision)) {
            if (ready == null || !ready.isTrue() || !request.isEmpty()) {
                publishStatus(before, request);
            }
            return new Publication(before, tree.fileCount(), false);
        }
        Artifact artifact = storage.newArtifact(KIND, NAMESPACE, source.name(), revision, hash + ".tar.gz");
        Artifact stored = archive.store(artifact, tree);
        publishStatus(stored, request);
        published = stored;
        storage.collectGarbage(stored, GARBAGE_TIMEOUT);
        return new Publication(stored, tree.fileCount(), true);
    }

    /** Reports in the status that the directory cannot be published; a published artifact stays in the status. */
    SourceProblem fail(SourceProblem problem, String request) throws IOException, InterruptedException {
        SourceProblem reported = published == null ? problem : problem.withPublishedArtifact();
        SourceStatus.Ready now = ready(false, reported.reason(), reported.message());
        send(SourceStatus.of(now, apply()).acknowledging(request));
        ready = now;
        return reported;
    }

    private void publishStatus(Artifact artifact, String request) throws IOException, InterruptedException {
        String message = "stored artifact for revision '%s'".formatted(artifact.revision());
        SourceStatus.Ready now = ready(true, Reasons.SUCCEEDED, message);
        send(SourceStatus.of(now, apply()).withArtifact(artifact).acknowledging(request));
        ready = now;
    }

    /** Keeps the transition time unless the status changes between True and False. */
    private SourceStatus.Ready ready(boolean isTrue, String reason, String message) {
        SourceStatus.Ready before = ready;
        Instant since = before != null && before.isTrue() == isTrue ? before.since() : Instant.now();
        return new SourceStatus.Ready(isTrue, reason, message, since);
    }

    private long apply() throws IOException, InterruptedException {
        try {
            return api.apply("source " + source.name(), manifest()).generation();
        } catch (ManifestException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void send(SourceStatus status) throws IOException, InterruptedException {
        try {
            api.patchStatus(PATH.formatted(NAMESPACE, source.name()), status.json());
        } catch (ManifestException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Map<String, Object> manifest() {
        return Map.of(
                "apiVersion",
                "source.toolkit.fluxcd.io/v1",
                "kind",
                KIND,
                "metadata",
                Map.of("name", source.name(), "namespace", NAMESPACE),
                "spec",
                Map.of("interval", "1m", "url", "https://localhost/" + source.name()));
    }
}
