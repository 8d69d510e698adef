package dev.sluice.launcher.source;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.artifact.ignore.SourceDirectory;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.launcher.cluster.ApiServer;
import dev.sluice.launcher.cluster.ManifestException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stores a directory's content as an artifact and puts it into the status of a GitRepository. */
final class SourcePublisher {

    static final String KIND = "GitRepository";
    static final String NAMESPACE = "default";
    private static final String PATH = "/apis/source.toolkit.fluxcd.io/v1/namespaces/%s/gitrepositories/%s";
    private static final Duration GARBAGE_TIMEOUT = Duration.ofSeconds(10);

    private final ArtifactStorage storage;
    private final LocalArchive archive;
    private final ApiServer api;
    private final Map<String, String> revisions = new ConcurrentHashMap<>();

    SourcePublisher(ArtifactStorage storage, LocalArchive archive, ApiServer api) {
        this.storage = storage;
        this.archive = archive;
        this.api = api;
    }

    record Publication(Artifact artifact, int files, boolean isNew) {}

    Publication publish(LocalSource source) throws IOException, InterruptedException {
        FileTree tree = SourceDirectory.read(source.directory(), SourceIgnore.defaults(), Set.of());
        String hash = tree.contentHash().hex();
        String revision = "local@sha256:" + hash;
        Artifact artifact = storage.newArtifact(KIND, NAMESPACE, source.name(), revision, hash + ".tar.gz");
        if (revision.equals(revisions.get(source.name()))) {
            return new Publication(artifact, tree.fileCount(), false);
        }
        Artifact stored = archive.store(artifact, tree);
        try {
            api.apply("source " + source.name(), manifest(source));
            api.patchStatus(PATH.formatted(NAMESPACE, source.name()), status(stored));
        } catch (ManifestException e) {
            throw new IOException(e.getMessage(), e);
        }
        revisions.put(source.name(), revision);
        storage.collectGarbage(stored, GARBAGE_TIMEOUT);
        return new Publication(stored, tree.fileCount(), true);
    }

    private Map<String, Object> manifest(LocalSource source) {
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

    private static JsonObject status(Artifact artifact) {
        String time = Objects.requireNonNull(artifact.lastUpdateTime())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        JsonObject offered = new JsonObject();
        offered.addProperty("digest", artifact.digest());
        offered.addProperty("lastUpdateTime", time);
        offered.addProperty("path", artifact.path());
        offered.addProperty("revision", artifact.revision());
        offered.addProperty("size", artifact.size());
        offered.addProperty("url", artifact.url());
        JsonObject ready = new JsonObject();
        ready.addProperty("type", "Ready");
        ready.addProperty("status", "True");
        ready.addProperty("reason", "Succeeded");
        ready.addProperty("message", "stored artifact for revision '%s'".formatted(artifact.revision()));
        ready.addProperty("observedGeneration", 1);
        ready.addProperty(
                "lastTransitionTime",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        JsonArray conditions = new JsonArray();
        conditions.add(ready);
        JsonObject status = new JsonObject();
        status.add("artifact", offered);
        status.add("conditions", conditions);
        status.addProperty("observedGeneration", 1);
        return status;
    }
}
