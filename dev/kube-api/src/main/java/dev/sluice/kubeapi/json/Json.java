package dev.sluice.kubeapi.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads and writes JSON trees. Trees from the store are shared: copy them before modification. */
public final class Json {

    /** No Kubernetes type nests this deep. */
    private static final int MAX_DEPTH = 200;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = new YAMLMapper();

    private Json() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** Returns the node type that parsing this number gives, because equality of trees depends on the node type. */
    public static JsonNode number(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /**
     * Parses a document.
     *
     * @throws JacksonException if the text is not one JSON document
     */
    public static JsonNode parse(byte[] json) {
        return JSON.readTree(json);
    }

    /**
     * Parses a document.
     *
     * @throws JacksonException if the text is not one JSON document
     */
    public static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    /** Parses YAML or JSON. @throws JacksonException if it is neither */
    public static JsonNode parseYaml(byte[] yaml) {
        return YAML.readTree(yaml);
    }

    public static byte[] bytes(JsonNode tree) {
        return JSON.writeValueAsBytes(tree);
    }

    public static String text(JsonNode tree) {
        return JSON.writeValueAsString(tree);
    }

    /** Reads a JSON document from the class path. */
    public static ObjectNode resource(Class<?> near, String name) {
        try (InputStream in = near.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("cannot read resource '" + name + "': not on the class path");
            }
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the values are equal; {@code 1} equals {@code 1.0}, and the order of keys is ignored. */
    public static boolean equal(JsonNode left, JsonNode right) {
        return left.equals(Json::compare, right);
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Double.compare(left.doubleValue(), right.doubleValue()) == 0
                    ? left.decimalValue().compareTo(right.decimalValue())
                    : 1;
        }
        return left.equals(right) ? 0 : 1;
    }

    /** Returns the object in {@code field}, or a detached empty one. */
    public static ObjectNode objectAt(@Nullable JsonNode parent, String field) {
        return parent != null && parent.get(field) instanceof ObjectNode child ? child : object();
    }

    /** Returns the array in {@code field}, or a detached empty one. */
    public static ArrayNode arrayAt(@Nullable JsonNode parent, String field) {
        return parent != null && parent.get(field) instanceof ArrayNode child ? child : array();
    }

    /** Returns the string in {@code field}; empty if it is absent or of another type. */
    public static String stringAt(@Nullable JsonNode parent, String field) {
        JsonNode child = parent == null ? null : parent.get(field);
        return child != null && child.isString() ? child.stringValue() : "";
    }

    public static boolean booleanAt(@Nullable JsonNode parent, String field) {
        JsonNode child = parent == null ? null : parent.get(field);
        return child != null && child.isBoolean() && child.booleanValue();
    }

    public static long longAt(@Nullable JsonNode parent, String field) {
        JsonNode child = parent == null ? null : parent.get(field);
        return child != null && child.isIntegralNumber() && child.canConvertToLong() ? child.longValue() : 0;
    }
}
