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

/** Turns one YAML document into values, with bounds on nesting and on what aliases can multiply. */
final class YamlReader {

    private static final int MAX_DEPTH = 256;
    /** Values that may come from following aliases; the rest is bounded by the size of the file. */
    private static final int MAX_ALIASED_VALUES = 100_000;

    private final Set<YamlNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<YamlNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int aliasedValues;

    private YamlReader() {}

    /** The document's root, which must be a map; an empty document is an empty map. */
    static Map<String, @Nullable Object> read(String document, int firstLine) throws InvalidYamlException {
        YamlNode root = YamlParser.parse(document, firstLine, MAX_DEPTH);
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

    private @Nullable Object value(YamlNode node) throws InvalidYamlException {
        if (node instanceof YamlNode.Alias alias) {
            return value(alias.target());
        }
        countAliased(node);
        if (node instanceof YamlNode.Scalar scalar) {
            return YamlTag.valueOf(scalar);
        }
        if (open.size() >= MAX_DEPTH) {
            throw at(node, "nested more than %d levels deep".formatted(MAX_DEPTH));
        }
        if (!open.add(node)) {
            throw at(node, "an anchor's value contains itself");
        }
        Object value = node instanceof YamlNode.Sequence sequence ? list(sequence) : map((YamlNode.Mapping) node);
        open.remove(node);
        return value;
    }

    private void countAliased(YamlNode node) throws InvalidYamlException {
        if (!seen.add(node) && ++aliasedValues > MAX_ALIASED_VALUES) {
            throw new InvalidYamlException("its aliases stand for more than %d values".formatted(MAX_ALIASED_VALUES));
        }
    }

    private List<@Nullable Object> list(YamlNode.Sequence sequence) throws InvalidYamlException {
        List<@Nullable Object> list = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            list.add(value(item));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(YamlNode.Mapping mapping) throws InvalidYamlException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (isMergeKey(entry.key())) {
                mergeInto(map, entry.value());
            } else {
                map.put(key(entry.key()), value(entry.value()));
            }
        }
        return map;
    }

    private static String key(YamlNode node) throws InvalidYamlException {
        if (!(target(node) instanceof YamlNode.Scalar scalar)) {
            throw at(node, "a map or list cannot be a key; quote the text");
        }
        Object key = YamlTag.valueOf(scalar);
        if (key == null) {
            throw at(node, "a key is null; quote it, or remove it");
        }
        return key instanceof Double number ? DecimalText.key(number) : key.toString();
    }

    private static YamlNode target(YamlNode node) {
        return node instanceof YamlNode.Alias alias ? alias.target() : node;
    }

    private static boolean isMergeKey(YamlNode key) {
        return key instanceof YamlNode.Scalar scalar
                && scalar.text().equals("<<")
                && (scalar.plain() || YamlTag.MERGE.equals(scalar.tag()));
    }

    /** {@code <<} counts where it stands: it overwrites what is above it. Of a list, the first has precedence. */
    private void mergeInto(Map<String, @Nullable Object> map, YamlNode node) throws InvalidYamlException {
        List<YamlNode> maps = node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
        for (int i = maps.size() - 1; i >= 0; i--) {
            YamlNode item = maps.get(i);
            if (!(target(item) instanceof YamlNode.Mapping)) {
                throw at(item, "<< needs a map or a list of maps");
            }
            Object value = value(item);
            map.putAll(YamlValues.map(Objects.requireNonNull(value)));
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

    private static InvalidYamlException at(YamlNode node, String problem) {
        return new InvalidYamlException("line %d: %s".formatted(node.mark().line() + 1, problem));
    }
}
