package dev.sluice.reconciler.yaml;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts a YAML document into values, with limits on nesting and on the expansion of aliases. */
final class YamlReader {

    private static final int MAX_DEPTH = 256;
    /** Maximum number of values from resolved aliases; the others are bounded by the size of the file. */
    private static final int MAX_ALIASED_VALUES = 100_000;

    private final Set<YamlNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<YamlNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int aliasedValues;

    private final YamlAllowance allowance;

    private YamlReader(YamlAllowance allowance) {
        this.allowance = allowance;
    }

    /** Reads the root of the document, which must be a map; an empty document is an empty map. */
    static Map<String, @Nullable Object> read(String document, int firstLine, YamlAllowance allowance)
            throws IOException {
        YamlNode root = YamlParser.parse(document, firstLine, MAX_DEPTH, allowance);
        Object value = root == null ? null : new YamlReader(allowance).value(root);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map)) {
            throw new InvalidYamlException("the root is not a map");
        }
        requireFinite(value);
        return YamlValues.map(value);
    }

    private @Nullable Object value(YamlNode node) throws IOException {
        if (node instanceof YamlNode.Alias alias) {
            return value(alias.target());
        }
        Interruption.check();
        countAliased(node);
        if (node instanceof YamlNode.Scalar scalar) {
            allowance.takeText(scalar.text().length() + 1L);
            return YamlTag.valueOf(scalar);
        }
        if (open.size() >= MAX_DEPTH) {
            throw at(node, "nested deeper than %d levels; reduce the nesting".formatted(MAX_DEPTH));
        }
        if (!open.add(node)) {
            throw at(node, "the value of an anchor contains itself");
        }
        Object value = node instanceof YamlNode.Sequence sequence ? list(sequence) : map((YamlNode.Mapping) node);
        open.remove(node);
        return value;
    }

    private void countAliased(YamlNode node) throws InvalidYamlException {
        if (!seen.add(node) && ++aliasedValues > MAX_ALIASED_VALUES) {
            throw new InvalidYamlException(
                    "the aliases expand to more than %d values; use fewer aliases".formatted(MAX_ALIASED_VALUES));
        }
    }

    private List<@Nullable Object> list(YamlNode.Sequence sequence) throws IOException {
        allowance.takeHeap(YamlCosts.LIST + YamlCosts.ITEM * sequence.items().size());
        List<@Nullable Object> list = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            list.add(value(item));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(YamlNode.Mapping mapping) throws IOException {
        allowance.takeHeap(YamlCosts.MAP + YamlCosts.ENTRY * mapping.entries().size());
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

    private String key(YamlNode node) throws IOException {
        if (!(target(node) instanceof YamlNode.Scalar scalar)) {
            throw at(node, "a map or list cannot be a key; quote the text");
        }
        allowance.takeText(scalar.text().length() + 1L);
        Object key = YamlTag.valueOf(scalar);
        if (key == null) {
            throw at(node, "a key cannot be null; quote it, or remove it");
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

    /**
     * Merges the maps of {@code <<}, which override the entries above it. In a list, earlier maps override later ones.
     */
    private void mergeInto(Map<String, @Nullable Object> map, YamlNode node) throws IOException {
        List<YamlNode> maps = node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
        for (int i = maps.size() - 1; i >= 0; i--) {
            YamlNode item = maps.get(i);
            if (!(target(item) instanceof YamlNode.Mapping)) {
                throw at(item, "<< requires a map or a list of maps");
            }
            Map<String, @Nullable Object> merged = YamlValues.map(Objects.requireNonNull(value(item)));
            allowance.takeHeap(YamlCosts.ENTRY * merged.size());
            map.putAll(merged);
        }
    }

    /** Checks the final values, because a later duplicate key may have replaced a value. */
    private static void requireFinite(@Nullable Object value) throws IOException {
        Interruption.check();
        if (value instanceof Map<?, ?> map) {
            for (Object entry : map.values()) {
                requireFinite(entry);
            }
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                requireFinite(item);
            }
        } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            throw new InvalidYamlException("invalid value %s: JSON has no such number; quote it, or remove it"
                    .formatted(DecimalText.key(number)));
        }
    }

    private static InvalidYamlException at(YamlNode node, String problem) {
        return new InvalidYamlException("line %d: %s".formatted(node.mark().line() + 1, problem));
    }
}
