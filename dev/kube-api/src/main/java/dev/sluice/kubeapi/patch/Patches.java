package dev.sluice.kubeapi.patch;

import tools.jackson.databind.JsonNode;

/** The patch formats other than server-side apply. The arguments are never changed. */
public final class Patches {

    private Patches() {}

    /**
     * Applies a JSON patch (RFC 6902), wholly or not at all.
     *
     * @throws PatchException if the patch is malformed (400), has more than 10,000 operations (413), or an operation
     *     cannot be done or a test fails (422)
     */
    public static JsonNode jsonPatch(JsonNode target, JsonNode operations) throws PatchException {
        return JsonPatch.parse(operations).apply(target);
    }

    /**
     * Applies a JSON merge patch (RFC 7386).
     *
     * @throws PatchException if the patch is not an object
     */
    public static JsonNode mergePatch(JsonNode target, JsonNode patch) throws PatchException {
        if (!patch.isObject()) {
            throw PatchException.undecodable(GoText.kind(patch), "map[string]interface {}");
        }
        return MergePatch.apply(target, patch);
    }

    /**
     * Applies a strategic merge patch: lists merge by their keys where the type says so, and {@code $patch},
     * {@code $deleteFromPrimitiveList}, {@code $setElementOrder} and {@code $retainKeys} direct it.
     *
     * @param type of a built-in kind; custom resources do not take this format
     * @throws PatchException if a directive is malformed or an item lacks its merge key
     */
    public static JsonNode strategicMerge(JsonNode target, JsonNode patch, TypeSchema type) throws PatchException {
        return StrategicMerge.apply(target, patch, type);
    }
}
