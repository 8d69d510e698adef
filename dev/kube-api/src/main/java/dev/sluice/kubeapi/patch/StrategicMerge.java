package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonText;
import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Strategic merge patch of objects; what happens to lists is {@link StrategicList}'s. */
final class StrategicMerge {

    static final String PATCH = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList/";
    private static final String ELEMENT_ORDER = "$setElementOrder/";

    private StrategicMerge() {}

    static JsonNode apply(JsonNode target, JsonNode patch, TypeSchema type) throws PatchException {
        if (!patch.isObject()) {
            throw PatchException.badRequest(
                    "json: cannot unmarshal " + GoText.kind(patch) + " into Go value of type map[string]interface {}");
        }
        return merge((ObjectNode) target.deepCopy(), (ObjectNode) patch.deepCopy(), type);
    }

    /** Changes both arguments. */
    static ObjectNode merge(ObjectNode target, ObjectNode patch, TypeSchema type) throws PatchException {
        if (patch.has(PATCH)) {
            return directed(patch);
        }
        retainKeys(target, patch);
        orderLists(target, patch, type);
        for (String name : List.copyOf(patch.propertyNames())) {
            JsonNode value = patch.get(name);
            if (name.startsWith(DELETE_FROM_LIST)) {
                deleteFromList(target, name.substring(DELETE_FROM_LIST.length()), value);
            } else if (value.isNull()) {
                target.remove(name);
            } else {
                mergeField(target, name, value, child(type, name));
            }
        }
        return target;
    }

    private static ObjectNode directed(ObjectNode patch) throws PatchException {
        String directive = patch.path(PATCH).asString("");
        if (directive.equals("replace")) {
            patch.remove(PATCH);
            return patch;
        }
        if (directive.equals("delete")) {
            return JsonNodeFactory.instance.objectNode();
        }
        throw PatchException.internal("unknown patch type: " + directive + " in map: " + GoText.plain(patch));
    }

    private static @Nullable TypeSchema child(TypeSchema type, String name) {
        MapType map = type.map();
        return map == null ? null : TypeSchema.fieldOf(map, name);
    }

    private static void mergeField(ObjectNode target, String name, JsonNode value, @Nullable TypeSchema type)
            throws PatchException {
        JsonNode present = target.get(name);
        if (present instanceof ObjectNode object && value instanceof ObjectNode patch) {
            target.set(name, merge(object, patch, type == null ? TypeSchema.DEDUCED : type));
        } else if (present instanceof ArrayNode list && value instanceof ArrayNode patch) {
            ListType listType = type == null ? null : type.list();
            target.set(name, StrategicList.merge(list, patch, listType));
        } else {
            JsonNode cleaned = withoutNulls(value);
            JsonNode added = withoutDirectives(cleaned);
            if (added == null) {
                target.remove(name);
            } else {
                target.set(name, added);
            }
        }
    }

    private static void retainKeys(ObjectNode target, ObjectNode patch) throws PatchException {
        JsonNode directive = patch.remove(RETAIN_KEYS);
        if (directive == null) {
            return;
        }
        if (!directive.isArray()) {
            throw PatchException.badRequest("invalid patch format of retainKeys");
        }
        Set<String> retained = new HashSet<>();
        directive.forEach(key -> retained.add(key.asString("")));
        for (var field : patch.properties()) {
            boolean special = field.getValue().isNull()
                    || field.getKey().startsWith(DELETE_FROM_LIST)
                    || field.getKey().startsWith(ELEMENT_ORDER);
            if (!special && !retained.contains(field.getKey())) {
                throw PatchException.badRequest("invalid patch format of retainKeys");
            }
        }
        target.retain(retained);
    }

    private static void orderLists(ObjectNode target, ObjectNode patch, TypeSchema type) throws PatchException {
        for (String name : List.copyOf(patch.propertyNames())) {
            if (name.startsWith(ELEMENT_ORDER)) {
                JsonNode order = patch.remove(name);
                orderList(target, patch, name.substring(ELEMENT_ORDER.length()), order, type);
            }
        }
    }

    private static void orderList(ObjectNode target, ObjectNode patch, String name, JsonNode order, TypeSchema type)
            throws PatchException {
        TypeSchema child = child(type, name);
        ListType listType = child == null ? null : child.list();
        for (JsonNode list : new JsonNode[] {order, target.path(name), patch.path(name)}) {
            if (!list.isArray() && !list.isMissingNode()) {
                throw PatchException.internal("expected a []interface {}, but received a " + GoText.type(list));
            }
        }
        if (listType == null) {
            throw PatchException.internal("unable to find api field for the json field " + JsonText.quoted(name));
        }
        ArrayNode present = (ArrayNode) target.get(name);
        ArrayNode changes = (ArrayNode) patch.remove(name);
        if (present != null || changes != null) {
            target.set(name, StrategicList.ordered(present, changes, (ArrayNode) order, listType));
        }
    }

    private static void deleteFromList(ObjectNode target, String name, JsonNode values) {
        if (target.get(name) instanceof ArrayNode list) {
            target.set(name, StrategicList.without(list, values));
        }
    }

    /** A null in what is added asks to delete what is not there. */
    private static JsonNode withoutNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.removeNulls();
        }
        value.forEach(StrategicMerge::withoutNulls);
        return value;
    }

    /** Null when the value is itself a directive. */
    static @Nullable JsonNode withoutDirectives(JsonNode value) {
        if (value instanceof ObjectNode object) {
            if (object.has(PATCH)) {
                return null;
            }
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> {
                boolean directive = field.getKey().startsWith("$");
                JsonNode child = directive ? null : withoutDirectives(field.getValue());
                if (child != null) {
                    kept.set(field.getKey(), child);
                }
            });
            return kept;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> {
                JsonNode child = withoutDirectives(item);
                if (child != null) {
                    kept.add(child);
                }
            });
            return kept;
        }
        return value;
    }
}
