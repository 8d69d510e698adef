package dev.sluice.kubeapi.object;

import dev.sluice.kubeapi.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A live view of an object's {@code metadata}: setters modify the underlying tree. */
public final class ObjectMeta {

    private final ObjectNode node;

    private ObjectMeta(ObjectNode node) {
        this.node = node;
    }

    /** Returns the object's metadata; attaches an empty one if there is none. */
    public static ObjectMeta of(ObjectNode object) {
        return new ObjectMeta(
                object.get("metadata") instanceof ObjectNode present ? present : object.putObject("metadata"));
    }

    /** Returns the metadata of a read-only tree. */
    public static ObjectMeta view(JsonNode object) {
        return new ObjectMeta(Json.objectAt(object, "metadata"));
    }

    public ObjectNode node() {
        return node;
    }

    public StoreKey key() {
        return new StoreKey(namespace(), name());
    }

    public String name() {
        return Json.stringAt(node, "name");
    }

    public String generateName() {
        return Json.stringAt(node, "generateName");
    }

    public String namespace() {
        return Json.stringAt(node, "namespace");
    }

    public String uid() {
        return Json.stringAt(node, "uid");
    }

    public String resourceVersion() {
        return Json.stringAt(node, "resourceVersion");
    }

    public long generation() {
        return Json.longAt(node, "generation");
    }

    public boolean deleting() {
        return node.hasNonNull("deletionTimestamp");
    }

    public List<String> finalizers() {
        List<String> finalizers = new ArrayList<>();
        for (JsonNode finalizer : Json.arrayAt(node, "finalizers")) {
            finalizers.add(finalizer.asString());
        }
        return finalizers;
    }

    public Map<String, String> labels() {
        return strings("labels");
    }

    public Map<String, String> annotations() {
        return strings("annotations");
    }

    private Map<String, String> strings(String field) {
        Map<String, String> values = new LinkedHashMap<>();
        Json.objectAt(node, field)
                .properties()
                .forEach(e -> values.put(e.getKey(), e.getValue().asString()));
        return values;
    }

    public void set(String field, String value) {
        node.put(field, value);
    }

    public void set(String field, @Nullable JsonNode value) {
        if (value == null) {
            node.remove(field);
        } else {
            node.set(field, value);
        }
    }

    public void set(String field, long value) {
        node.set(field, Json.number(value));
    }

    public void finalizers(List<String> finalizers) {
        if (finalizers.isEmpty()) {
            node.remove("finalizers");
            return;
        }
        ArrayNode array = node.putArray("finalizers");
        finalizers.forEach(array::add);
    }

    public void remove(String field) {
        node.remove(field);
    }

    public @Nullable JsonNode get(String field) {
        return node.get(field);
    }
}
