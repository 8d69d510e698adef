package dev.sluice.kubeapi.schema;

import com.google.re2j.Pattern;
import dev.sluice.kubeapi.cel.CompiledRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A node of a schema. Immutable.
 *
 * @param json the JSON of the node
 * @param additional the schema of undeclared fields; null if they are not allowed or unrestricted
 * @param combinations by keyword: allOf, anyOf, oneOf, not
 * @param pattern null if there is none; matches if it is found anywhere in the value
 */
public record SchemaNode(
        JsonNode json,
        Map<String, SchemaNode> properties,
        @Nullable SchemaNode additional,
        @Nullable SchemaNode items,
        Map<String, List<SchemaNode>> combinations,
        @Nullable Pattern pattern,
        List<CompiledRule> rules) {

    /** The type; empty if there is none. */
    String type() {
        return json.path("type").asString("");
    }

    String format() {
        return json.path("format").asString("");
    }

    boolean nullable() {
        return flag("nullable");
    }

    boolean intOrString() {
        return flag("x-kubernetes-int-or-string");
    }

    /** Whether undeclared fields are kept. */
    boolean isOpen() {
        JsonNode additionalProperties = json.path("additionalProperties");
        return flag("x-kubernetes-preserve-unknown-fields")
                || (additionalProperties.isBoolean() && additionalProperties.booleanValue());
    }

    private boolean flag(String keyword) {
        return json.path(keyword).asBoolean(false);
    }

    @Nullable
    JsonNode defaultValue() {
        JsonNode value = json.get("default");
        return value == null || value.isNull() ? null : value;
    }

    /** Whether an object of this type merges as a whole instead of by field. */
    public boolean isAtomicMap() {
        return json.path("x-kubernetes-map-type").asString("").equals("atomic");
    }

    /** Whether list items are identified, by their values or by {@link #listMapKeys}. */
    public boolean isAssociativeList() {
        return isSet() || isMapList();
    }

    boolean isSet() {
        return json.path("x-kubernetes-list-type").asString("").equals("set");
    }

    public boolean isMapList() {
        return json.path("x-kubernetes-list-type").asString("").equals("map");
    }

    public Set<String> listMapKeys() {
        return json.path("x-kubernetes-list-map-keys")
                .valueStream()
                .map(key -> key.asString(""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether this node or a child has rules. */
    boolean hasRules() {
        return !rules.isEmpty()
                || properties.values().stream().anyMatch(SchemaNode::hasRules)
                || (items != null && items.hasRules())
                || (additional != null && additional.hasRules());
    }

    /** Returns the schema of a field; null if there is none. */
    public @Nullable SchemaNode field(String name) {
        return properties.getOrDefault(name, additional);
    }
}
