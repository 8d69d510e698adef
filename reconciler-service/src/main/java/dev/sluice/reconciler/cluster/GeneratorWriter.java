package dev.sluice.reconciler.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.json.ToolkitJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes finalizers and status by merge patch with the resource version that was read. Finalizers of others are
 * therefore kept, a status never reaches a recreated object of the same name, and a late request of a former leader is
 * rejected once the new leader has written. A status patch contains the changed fields only.
 */
final class GeneratorWriter implements GeneratorWrites {

    /**
     * Limits the retries after conflicts, so that a client that constantly edits the object does not block a worker.
     */
    private static final int FURTHER_ATTEMPTS = 4;

    private final ApiRequests requests;
    private final String fieldManager;

    GeneratorWriter(ApiRequests requests, String fieldManager) {
        this.requests = requests;
        this.fieldManager = fieldManager;
    }

    @Override
    public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) throws IOException {
        List<String> finalizers = finalizersOf(generator);
        finalizers.add(finalizer);
        return patch(pathOf(generator), finalizersPatch(generator, finalizers));
    }

    @Override
    public void removeFinalizer(ArtifactGenerator generator, String finalizer) throws IOException {
        List<String> finalizers = finalizersOf(generator);
        finalizers.remove(finalizer);
        try {
            patch(pathOf(generator), finalizersPatch(generator, finalizers));
        } catch (ApiRequestException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    @Override
    public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status)
            throws IOException {
        try {
            return Optional.of(patchStatusOfVersion(generator, status));
        } catch (ApiRequestException e) {
            if (e.isConflict()) {
                return patchNewerStatus(generator, status, e);
            }
            return emptyIfGone(e);
        }
    }

    /** Retries with the current version; empty if the object was deleted or recreated. */
    private Optional<ArtifactGenerator> patchNewerStatus(
            ArtifactGenerator generator, ArtifactGeneratorStatus status, ApiRequestException conflict)
            throws IOException {
        for (int attempt = 1; attempt <= FURTHER_ATTEMPTS; attempt++) {
            Optional<ArtifactGenerator> newer = requests.get(
                            ArtifactGenerator.TYPE.kind(), generator.key(), ArtifactGenerator.class)
                    .filter(now -> Objects.equals(
                            now.metadata().getUid(), generator.metadata().getUid()));
            if (newer.isEmpty()) {
                return newer;
            }
            try {
                return Optional.of(patchStatusOfVersion(newer.get(), status));
            } catch (ApiRequestException e) {
                if (!e.isConflict()) {
                    return emptyIfGone(e);
                }
            }
        }
        throw conflict;
    }

    private ArtifactGenerator patchStatusOfVersion(ArtifactGenerator generator, ArtifactGeneratorStatus status)
            throws IOException {
        JsonObject body = ofVersion(generator, new JsonObject());
        body.add("status", changedFields(generator.status(), status));
        return patch(pathOf(generator).subresource("status"), body);
    }

    private static Optional<ArtifactGenerator> emptyIfGone(ApiRequestException e) throws ApiRequestException {
        if (e.isNotFound()) {
            return Optional.empty();
        }
        throw e;
    }

    private ArtifactGenerator patch(ResourcePath path, JsonObject body) throws IOException {
        ArtifactGenerator written = requests.mergePatch(path, fieldManager, body, ArtifactGenerator.class);
        // large and unused; the object stays in memory
        written.metadata().setManagedFields(null);
        return written;
    }

    private static ResourcePath pathOf(ArtifactGenerator generator) {
        return ResourcePath.of(ArtifactGenerator.TYPE.kind(), generator.key());
    }

    private static List<String> finalizersOf(ArtifactGenerator generator) {
        List<String> finalizers = generator.metadata().getFinalizers();
        return finalizers == null ? new ArrayList<>() : new ArrayList<>(finalizers);
    }

    private static JsonObject finalizersPatch(ArtifactGenerator generator, List<String> finalizers) {
        JsonArray values = new JsonArray();
        finalizers.forEach(values::add);
        JsonObject metadata = new JsonObject();
        metadata.add("finalizers", values);
        return ofVersion(generator, metadata);
    }

    private static JsonObject ofVersion(ArtifactGenerator generator, JsonObject metadata) {
        metadata.addProperty("resourceVersion", generator.metadata().getResourceVersion());
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        return patch;
    }

    /** The changed fields of the new status; a removed field becomes null, as JSON merge patch requires. */
    private static JsonObject changedFields(@Nullable ArtifactGeneratorStatus before, ArtifactGeneratorStatus after) {
        JsonObject changed = new JsonObject();
        JsonObject old = before == null ? new JsonObject() : json(before);
        JsonObject next = json(after);
        for (var field : next.entrySet()) {
            JsonElement oldValue = old.get(field.getKey());
            if (!field.getValue().equals(oldValue)) {
                changed.add(field.getKey(), field.getValue());
            }
        }
        old.keySet().stream().filter(name -> !next.has(name)).forEach(name -> changed.add(name, JsonNull.INSTANCE));
        return changed;
    }

    private static JsonObject json(ArtifactGeneratorStatus status) {
        return ToolkitJson.gson().toJsonTree(status).getAsJsonObject();
    }
}
