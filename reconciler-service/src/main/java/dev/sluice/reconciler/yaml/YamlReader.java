package dev.sluice.reconciler.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns one YAML document into values, with bounds on nesting and on what aliases can multiply. */
final class YamlReader {

    private static final int MAX_DEPTH = 256;
    /** Values that may come from following aliases; the rest is bounded by the size of the file. */
    private static final int MAX_ALIASED_VALUES = 100_000;

    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int aliasedValues;

    private YamlReader() {}

    /** The document's root, which must be a map; an empty document is an empty map. */
    static Map<String, @Nullable Object> read(String document) throws InvalidYamlException {
        Node root = YamlComposer.compose(document, MAX_DEPTH);
        Object value = root == null ? null : new YamlReader().value(root);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map)) {
            throw new InvalidYamlException("its root is not a map");
        }
        requireFinite(value);
        return YamlValues.map(value);
    }

    private @Nullable Object value(Node node) throws InvalidYamlException {
        countAliased(node);
        if (node instanceof ScalarNode scalar) {
            return YamlTag.valueOf(scalar);
        }
        if (open.size() >= MAX_DEPTH) {
            throw new InvalidYamlException("it is nested more than %d levels deep".formatted(MAX_DEPTH));
        }
        if (!open.add(node)) {
            throw at(node, "an anchor's value contains itself");
        }
        Object value = node instanceof SequenceNode sequence ? list(sequence) : map((MappingNode) node);
        open.remove(node);
        return value;
    }

    private void countAliased(Node node) throws InvalidYamlException {
        if (!seen.add(node) && ++aliasedValues > MAX_ALIASED_VALUES) {
            throw new InvalidYamlException("its aliases stand for more than %d values".formatted(MAX_ALIASED_VALUES));
        }
    }

    private List<@Nullable Object> list(SequenceNode sequence) throws InvalidYamlException {
        List<@Nullable Object> list = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            list.add(value(item));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(MappingNode mapping) throws InvalidYamlException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (isMergeKey(entry.getKeyNode())) {
                mergeInto(map, entry.getValueNode());
            } else {
                map.put(key(entry.getKeyNode()), value(entry.getValueNode()));
            }
        }
        return map;
    }

    private static String key(Node node) throws InvalidYamlException {
        if (!(node instanceof ScalarNode scalar)) {
            throw at(node, "a map or list cannot be a key");
        }
        Object key = YamlTag.valueOf(scalar);
        if (key == null) {
            throw at(node, "a key is null");
        }
        return key instanceof Double number ? DecimalText.key(number) : key.toString();
    }

    private static boolean isMergeKey(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getValue().equals("<<")
                && (scalar.isPlain() || scalar.getTag().equals(Tag.MERGE));
    }

    /** {@code <<} counts where it stands: it overwrites what is above it. Of a list, the first has precedence. */
    private void mergeInto(Map<String, @Nullable Object> map, Node node) throws InvalidYamlException {
        if (node instanceof MappingNode) {
            Object value = value(node);
            map.putAll(YamlValues.map(Objects.requireNonNull(value)));
            return;
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw at(node, "<< needs a map or a list of maps");
        }
        for (int i = sequence.getValue().size() - 1; i >= 0; i--) {
            Node item = sequence.getValue().get(i);
            if (!(item instanceof MappingNode)) {
                throw at(item, "<< needs a map or a list of maps");
            }
            mergeInto(map, item);
        }
    }

    /** Asked of what is left at the end: a later duplicate may have replaced the value. */
    private static void requireFinite(@Nullable Object value) throws InvalidYamlException {
        if (value instanceof Map<?, ?> map) {
            for (Object entry : map.values()) {
                requireFinite(entry);
            }
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                requireFinite(item);
            }
        } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            throw new InvalidYamlException("it has the value %s, for which JSON, as which it is read, has no number"
                    .formatted(DecimalText.key(number)));
        }
    }

    private static InvalidYamlException at(Node node, String problem) {
        return new InvalidYamlException(
                "line %d of a document: %s".formatted(node.getStartMark().getLine() + 1, problem));
    }
}
