package dev.sluice.controller.source;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.MissingDigestException;
import dev.sluice.artifact.storage.UnparsableDigestException;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.controller.publish.StoredOrphans;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.controller.request.UnreadableObjectException;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a new leader does before it serves and reconciles: verifies every published artifact against the digest in the
 * cluster, and removes what no object has any more.
 *
 * @param namespace empty for all
 */
record StartupPreparation<T extends ToolkitObject<?, ?>>(
        ApiRequests requests,
        ApiType<T, ?> type,
        String namespace,
        StoredContent stored,
        OwnArtifacts artifacts,
        RecordedTargets<T> targets,
        StoredOrphans orphans)
        implements LeadingWork.Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(StartupPreparation.class);

    /** @throws IOException if the volume or the API server cannot be read; then nothing is removed or built again */
    @Override
    public void run() throws IOException {
        requireNamespaced();
        List<ExternalArtifact> published = artifacts.all(namespace);
        Map<ObjectKey, Set<ObjectKey>> existing = existing();
        for (ExternalArtifact object : published) {
            verify(object);
        }
        if (!namespace.isEmpty()) {
            verifyElsewhere(existing);
        }
        removeOrphans(published, existing.keySet());
    }

    /** The list has only the ExternalArtifacts of the watched namespace; the objects record the others. */
    private void verifyElsewhere(Map<ObjectKey, Set<ObjectKey>> existing) throws IOException {
        for (Map.Entry<ObjectKey, Set<ObjectKey>> each : existing.entrySet()) {
            for (ObjectKey target : each.getValue()) {
                if (!target.namespace().equals(namespace)) {
                    verifyAt(each.getKey(), target);
                }
            }
        }
    }

    /** The owner of an object can record any target, so one that cannot be read does not prevent the start. */
    private void verifyAt(ObjectKey object, ObjectKey target) throws IOException {
        Optional<ExternalArtifact> found;
        try {
            found = artifacts.find(object, target);
        } catch (ApiRequestException e) {
            if (e.code() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            reportUnverified(target, e);
            return;
        } catch (UnreadableObjectException e) {
            reportUnverified(target, e);
            return;
        }
        if (found.isPresent()) {
            verify(found.get());
        }
    }

    private static void reportUnverified(ObjectKey target, Exception e) {
        LOG.atWarn()
                .addKeyValue("externalArtifact", target)
                .addKeyValue("error", e.getMessage())
                .log("cannot read the ExternalArtifact; its file is not verified");
    }

    /** Asks the API server for the scope, which the type lacks. {@link ObjectPages} reports a kind that is not served. */
    private void requireNamespaced() throws IOException {
        ApiKind kind = type.kind();
        for (JsonElement each : resources(kind)) {
            JsonObject resource = each.getAsJsonObject();
            if (kind.plural().equals(resource.get("name").getAsString())
                    && !resource.get("namespaced").getAsBoolean()) {
                throw new IOException(
                        "kind " + kind.kind() + " in " + kind.apiVersion()
                                + " is cluster-scoped, but an ExternalArtifact has a namespace; use a kind with scope Namespaced");
            }
        }
    }

    /** Returns none if the account is not permitted to read them; most accounts are. */
    private JsonArray resources(ApiKind kind) throws IOException {
        try {
            return requests.get(ResourcePath.ofVersion(kind.group(), kind.version()), JsonObject.class)
                    .map(version -> version.getAsJsonArray("resources"))
                    .orElseGet(JsonArray::new);
        } catch (ApiRequestException e) {
            if (e.code() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new JsonArray();
            }
            throw e;
        }
    }

    /** Deletes corrupt files, so that they cannot be downloaded; the first reconciliation builds them again. */
    private void verify(ExternalArtifact object) throws IOException {
        Optional<Artifact> published = object.artifact();
        if (published.isEmpty()) {
            return;
        }
        Artifact artifact = published.get();
        try {
            stored.storage().verify(artifact);
        } catch (DigestMismatchException e) {
            report(object, e);
            // keep the file if the status names the file of another object: then the status is wrong
            if (artifacts
                    .sourceOf(object)
                    .filter(key -> stored.isOf(key, artifact))
                    .isPresent()) {
                stored.storage().remove(artifact);
            }
        } catch (ArtifactNotFoundException
                | MissingDigestException
                | UnparsableDigestException
                | UnsafePathException e) {
            report(object, e);
        }
    }

    private void removeOrphans(List<ExternalArtifact> published, Set<ObjectKey> existing) throws IOException {
        Set<ObjectKey> kept = new HashSet<>(existing);
        for (ExternalArtifact artifact : published) {
            ObjectKey source = artifacts.sourceOf(artifact).orElseThrow();
            boolean isWatched = namespace.isEmpty() || namespace.equals(source.namespace());
            if (isWatched && !existing.contains(source) && !exists(source) && !isRemoved(artifact)) {
                kept.add(source);
            }
        }
        orphans.remove(namespace, kept, this::exists);
    }

    /** One that may not be deleted does not prevent the start; it keeps its file, and the next start tries again. */
    private boolean isRemoved(ExternalArtifact orphan) throws IOException {
        try {
            artifacts.publisher().delete(orphan);
            LOG.atInfo().addKeyValue("externalArtifact", orphan.key()).log("removed orphaned ExternalArtifact");
            return true;
        } catch (ApiRequestException e) {
            if (!Refusal.isPermanent(e)) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("externalArtifact", orphan.key())
                    .addKeyValue("error", e.getMessage())
                    .log("cannot remove orphaned ExternalArtifact; retrying at the next start");
            return false;
        }
    }

    private boolean exists(ObjectKey key) throws IOException {
        return requests.get(type.kind(), key, JsonObject.class).isPresent();
    }

    /** Returns the objects with their recorded targets; those that cannot be read, without. */
    private Map<ObjectKey, Set<ObjectKey>> existing() throws IOException {
        return ObjectPages.<T, Map<ObjectKey, Set<ObjectKey>>>collect(
                requests, type, namespace, Map.of(), HashMap::new, (existing, page) -> {
                    page.items()
                            .forEach(object -> existing.put(
                                    object.key(), targets.in(object.metadata().getAnnotations())));
                    page.unreadable().forEach(object -> existing.put(object.key(), Set.of()));
                });
    }

    private static void report(ExternalArtifact object, IOException e) {
        LOG.atWarn()
                .addKeyValue("externalArtifact", object.key())
                .addKeyValue("error", e.getMessage())
                .log("stored artifact is corrupt or missing; rebuilding");
    }
}
