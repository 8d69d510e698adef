package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Bodies;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.patch.ApplyConflict;
import dev.sluice.kubeapi.patch.ApplyPatch;
import dev.sluice.kubeapi.patch.PatchException;
import dev.sluice.kubeapi.patch.Patches;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.schema.SchemaNode;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import dev.sluice.kubeapi.status.Target;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Implements the verb patch for all formats. */
final class Patcher {

    private final Store store;
    private final Preparation preparation;
    private final FieldTracking ownership;
    private final Creator creator;
    private final Updater updater;

    Patcher(Store store, Preparation preparation, FieldTracking ownership, Creator creator, Updater updater) {
        this.store = store;
        this.preparation = preparation;
        this.ownership = ownership;
        this.creator = creator;
        this.updater = updater;
    }

    Written patch(Call call) throws IOException {
        call.wantsTable(); // fails before the write if no format is acceptable
        PatchType type =
                PatchType.of(Bodies.mediaType(call.servlet()), call.resource().custom());
        WriteOptions options = WriteOptions.parse(call.query(), "PatchOptions");
        requireFitting(call.query(), type);
        JsonNode patch = Bodies.parse(Bodies.read(call.servlet()), type == PatchType.APPLY);
        if (patch == null || patch.isMissingNode()) {
            throw ApiException.badRequest("the patch is empty");
        }
        return type == PatchType.APPLY ? apply(call, patch, options) : change(call, type, patch, options);
    }

    private static void requireFitting(Query query, PatchType type) {
        if (type == PatchType.APPLY && !query.has("fieldManager")) {
            throw invalidOptions(Cause.required("fieldManager", "is required for apply patch"));
        }
        if (type != PatchType.APPLY && query.has("force")) {
            throw invalidOptions(Cause.forbidden("force", "may not be specified for non-apply patch"));
        }
    }

    private static ApiException invalidOptions(Cause cause) {
        return ApiException.invalid(new Target("meta.k8s.io", "", "PatchOptions", ""), List.of(cause));
    }

    private Written change(Call call, PatchType type, JsonNode patch, WriteOptions options) {
        while (true) {
            StoredObject current = current(call);
            if (current == null) {
                throw call.notFound();
            }
            ObjectNode old = call.endpoint().tree(current);
            ObjectNode patched = patched(call, type, old, patch);
            List<String> warnings = decode(call, current, patched, options);
            ObjectNode decoded = Preparation.decoded(call.endpoint(), patched, old);
            ObjectNode owned = ownership.afterUpdate(call, old, decoded, options.manager());
            ObjectNode prepared = preparation.forUpdate(call.endpoint(), old, owned, call.status());
            Optional<ObjectNode> stored = updater.replace(call, current, prepared, options.dryRun());
            if (stored.isPresent()) {
                return new Written(200, stored.get(), warnings);
            }
        }
    }

    private static ObjectNode patched(Call call, PatchType type, ObjectNode old, JsonNode patch) {
        try {
            JsonNode result = switch (type) {
                case JSON -> Patches.jsonPatch(old, patch);
                case MERGE -> Patches.mergePatch(old, patch);
                default -> Patches.strategicMerge(old, patch, types(call));
            };
            if (result instanceof ObjectNode object) {
                return object.deepCopy();
            }
        } catch (PatchException e) {
            throw refused(e);
        }
        throw ApiException.badRequest("the patch result is not an object");
    }

    private Written apply(Call call, JsonNode applied, WriteOptions options) {
        if (!(applied instanceof ObjectNode configuration)) {
            throw ApiException.badRequest("error decoding YAML: the configuration must be an object");
        }
        List<String> warnings = decodeApplied(call, configuration, options);
        while (true) {
            StoredObject current = current(call);
            if (current == null && call.status()) {
                throw call.notFound();
            }
            ObjectNode old = current == null ? null : call.endpoint().tree(current);
            if (current != null) {
                requireCurrent(call, current, ObjectMeta.of(configuration));
            }
            ObjectNode merged = placed(call, merged(call, old, configuration, options));
            if (current == null || old == null) {
                requireCreatable(call, configuration);
                return creator.createApplied(call.endpoint(), merged, options, warnings);
            }
            ObjectNode prepared = preparation.forUpdate(call.endpoint(), old, merged, call.status());
            Optional<ObjectNode> stored = updater.replace(call, current, prepared, options.dryRun());
            if (stored.isPresent()) {
                return new Written(200, stored.get(), warnings);
            }
        }
    }

    private ObjectNode merged(Call call, @Nullable ObjectNode old, ObjectNode configuration, WriteOptions options) {
        try {
            return ApplyPatch.apply(
                    old,
                    configuration,
                    options.force(),
                    ownership.write(
                            call.endpoint(), options.manager(), call.path().subresource()));
        } catch (ApplyConflict e) {
            throw ApiException.applyConflict(
                    String.valueOf(e.getMessage()),
                    e.causes().stream()
                            .map(c -> new Cause("FieldManagerConflict", c.message(), c.field()))
                            .toList());
        } catch (PatchException e) {
            throw refused(e);
        }
    }

    private @Nullable StoredObject current(Call call) {
        return store.get(call.endpoint().storageName(), call.key());
    }

    private static SchemaNode types(Call call) {
        return call.endpoint().version().rules().schema();
    }

    private static List<String> decode(Call call, StoredObject current, ObjectNode patched, WriteOptions options) {
        List<String> warnings = TypeCheck.decode(call.endpoint(), patched, options.strictness());
        ObjectMeta meta = ObjectMeta.of(patched);
        requireSameName(call, meta);
        TypeCheck.placeInNamespace(call.endpoint(), call.path().namespace(), meta);
        requireCurrent(call, current, meta);
        return warnings;
    }

    /** A resourceVersion in the patch is a precondition. */
    private static void requireCurrent(Call call, StoredObject current, ObjectMeta meta) {
        String version = meta.resourceVersion();
        if (!version.isEmpty() && !version.equals(current.meta().resourceVersion())) {
            throw ApiException.modified(call.target());
        }
    }

    private static List<String> decodeApplied(Call call, ObjectNode configuration, WriteOptions options) {
        Endpoint endpoint = call.endpoint();
        if (configuration.path("kind").isMissingNode()) {
            throw ApiException.badRequest("error when constructing the typed object: kind must be set");
        }
        if (Json.objectAt(configuration, "metadata").hasNonNull("managedFields")) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        return TypeCheck.decode(endpoint, configuration, options.strictness());
    }

    /** An object that does not exist needs a name and cannot have a UID, which is a precondition. */
    private static void requireCreatable(Call call, ObjectNode configuration) {
        ObjectMeta meta = ObjectMeta.view(configuration);
        if (meta.name().isEmpty()) {
            throw ApiException.badRequest("the name of the object ("
                    + call.path().name() + " based on URL) was undeterminable: name must be provided");
        }
        if (!meta.uid().isEmpty()) {
            throw ApiException.conflict(call.target(), "uid mismatch: no object with uid " + meta.uid() + " was found");
        }
    }

    /** Sets the merged object's name and namespace from the URL; the configuration can omit them. */
    private static ObjectNode placed(Call call, ObjectNode merged) {
        ObjectMeta meta = ObjectMeta.of(merged);
        if (meta.name().isEmpty()) {
            meta.set("name", call.path().name());
        }
        requireSameName(call, meta);
        TypeCheck.placeInNamespace(call.endpoint(), call.path().namespace(), meta);
        return merged;
    }

    private static void requireSameName(Call call, ObjectMeta meta) {
        if (!meta.name().equals(call.path().name())) {
            throw ApiException.badRequest("the name of the object (" + meta.name()
                    + ") does not match the name on the URL (" + call.path().name() + ")");
        }
    }

    private static ApiException refused(PatchException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.status()) {
            case 422 -> ApiException.of(422, "Invalid", message);
            case 413 -> ApiException.of(413, "RequestEntityTooLarge", message);
            case 500 -> ApiException.of(500, "", message);
            default -> ApiException.badRequest(message);
        };
    }
}
