package dev.sluice.controller.informer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes the conditions of an object that cannot be decoded, as JSON. */
record UnreadableStatus(ApiRequests requests, String fieldManager, InstantSource clock) {

    private static final Set<String> OWN =
            Set.of(ConditionTypes.READY, ConditionTypes.RECONCILING, ConditionTypes.STALLED);
    private static final String METADATA = "metadata";
    private static final String RESOURCE_VERSION = "resourceVersion";
    private static final String CONDITIONS = "conditions";
    private static final String STATUS = "status";

    /** An object as JSON; fields of an unexpected type read as empty. */
    record Raw(ApiKind kind, ObjectKey key, JsonObject json) {

        String uid() {
            return text(child(json, METADATA), "uid");
        }

        String resourceVersion() {
            return text(child(json, METADATA), RESOURCE_VERSION);
        }

        long generation() {
            JsonElement value = child(json, METADATA).get("generation");
            return value instanceof JsonPrimitive number && number.isNumber() ? number.getAsLong() : 0;
        }

        JsonArray conditions() {
            return child(json, STATUS).get(CONDITIONS) instanceof JsonArray array ? array : new JsonArray();
        }

        KubernetesObject bare() {
            V1ObjectMeta metadata = new V1ObjectMeta()
                    .namespace(key.namespace().isEmpty() ? null : key.namespace())
                    .name(key.name())
                    .uid(uid())
                    .resourceVersion(resourceVersion());
            return new Bare(kind, metadata);
        }
    }

    private record Bare(ApiKind type, V1ObjectMeta metadata) implements KubernetesObject {

        @Override
        public V1ObjectMeta getMetadata() {
            return metadata;
        }

        @Override
        public String getApiVersion() {
            return type.apiVersion();
        }

        @Override
        public String getKind() {
            return type.kind();
        }
    }

    /** Reads an object; empty if it does not exist. */
    Optional<Raw> read(ApiKind kind, ObjectKey key) throws IOException {
        return requests.get(kind, key, JsonObject.class).map(json -> new Raw(kind, key, json));
    }

    /**
     * Writes the conditions unless they are already set.
     *
     * @return the object's resource version afterwards
     * @throws dev.sluice.controller.request.ApiRequestException 409 if the object has changed since it was read
     */
    String write(Raw object, String reason, String message) throws IOException {
        JsonArray conditions = new JsonArray();
        conditions.add(condition(object, ConditionTypes.STALLED, "True", reason, message));
        conditions.add(condition(object, ConditionTypes.READY, "False", reason, message));
        List<JsonElement> others = object.conditions().asList().stream()
                .filter(condition -> !OWN.contains(type(condition)))
                .toList();
        others.forEach(conditions::add);
        if (conditions.equals(object.conditions())) {
            return object.resourceVersion();
        }
        JsonObject metadata = new JsonObject();
        metadata.addProperty(RESOURCE_VERSION, object.resourceVersion());
        JsonObject status = new JsonObject();
        status.add(CONDITIONS, conditions);
        JsonObject patch = new JsonObject();
        patch.add(METADATA, metadata);
        patch.add(STATUS, status);
        ResourcePath path = ResourcePath.of(object.kind(), object.key()).subresource(STATUS);
        JsonObject written = requests.mergePatch(path, fieldManager, patch, JsonObject.class);
        return text(child(written, METADATA), RESOURCE_VERSION);
    }

    /** Keeps the transition time while the condition is unchanged, unless that time is not a string. */
    private JsonObject condition(Raw object, String type, String status, String reason, String message) {
        JsonObject condition = new JsonObject();
        condition.addProperty("type", type);
        condition.addProperty(STATUS, status);
        condition.addProperty("reason", reason);
        condition.addProperty("message", message);
        condition.addProperty("observedGeneration", object.generation());
        condition.addProperty("lastTransitionTime", since(object, type, status, reason));
        return condition;
    }

    private String since(Raw object, String type, String status, String reason) {
        for (JsonElement before : object.conditions()) {
            if (type(before).equals(type)
                    && text(before, STATUS).equals(status)
                    && text(before, "reason").equals(reason)
                    && !text(before, "lastTransitionTime").isEmpty()) {
                return text(before, "lastTransitionTime");
            }
        }
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String type(JsonElement condition) {
        return text(condition, "type");
    }

    private static JsonObject child(@Nullable JsonElement parent, String field) {
        return parent instanceof JsonObject object && object.get(field) instanceof JsonObject child
                ? child
                : new JsonObject();
    }

    private static String text(@Nullable JsonElement parent, String field) {
        return parent instanceof JsonObject object && object.get(field) instanceof JsonPrimitive value
                ? value.getAsString()
                : "";
    }
}
