package dev.sluice.reconciler.generator;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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

/**
 * Writes finalizers and status. Finalizers carry the resource version, so that nobody else's are lost; the status
 * carries only what changed, and lands on the very object that was worked on, whatever else has changed of it.
 */
final class GeneratorWriter implements GeneratorWrites {

    private static final int UNPROCESSABLE = 422;

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
        ResourcePath path = pathOf(generator).subresource("status");
        try {
            return Optional.of(requests.jsonPatch(
                    path, fieldManager, statusPatch(generator, status).operations(), ArtifactGenerator.class));
        } catch (ApiRequestException e) {
            if (e.isNotFound() || (e.code() == UNPROCESSABLE && isReplaced(generator))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether another object has the name by now. */
    private boolean isReplaced(ArtifactGenerator generator) throws IOException {
        return requests.get(ArtifactGenerator.TYPE.kind(), generator.key(), ArtifactGenerator.class)
                .filter(now -> Objects.equals(
                        now.metadata().getUid(), generator.metadata().getUid()))
                .isEmpty();
    }

    private ArtifactGenerator patch(ResourcePath path, JsonObject body) throws IOException {
        return requests.mergePatch(path, fieldManager, body, ArtifactGenerator.class);
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
        metadata.addProperty("resourceVersion", generator.metadata().getResourceVersion());
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        return patch;
    }

    /** The fields of the new status that differ. */
    private static StatusPatch statusPatch(ArtifactGenerator generator, ArtifactGeneratorStatus status) {
        JsonElement uid = ToolkitJson.gson().toJsonTree(generator.metadata().getUid());
        return StatusPatch.between(uid, generator.status() == null ? null : json(generator.status()), json(status));
    }

    private static JsonObject json(ArtifactGeneratorStatus status) {
        return ToolkitJson.gson().toJsonTree(status).getAsJsonObject();
    }
}
