package dev.sluice.reconciler.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as YAML, byte for byte as Go's {@code sigs.k8s.io/yaml} does, because an artifact's content determines
 * its revision. Two deliberate differences: integers keep their digits, and a key {@code <<} is quoted.
 */
public final class YamlWriter {

    private static final NaturalOrder KEY_ORDER = new NaturalOrder();
    private static final int INDENT = 2;

    /** Maximum size in bytes of a key on the line of its colon; a longer one is written after a question mark. */
    private static final int MAX_SIMPLE_KEY_BYTES = 128;

    private final LineOutput out;
    private final ScalarWriter scalars;

    private YamlWriter(Appendable out) {
        this.out = new LineOutput(out);
        this.scalars = new ScalarWriter(this.out);
    }

    /** Returns the text of one document, with a final newline. */
    public static String write(Map<String, @Nullable Object> values) throws IOException {
        StringBuilder text = new StringBuilder();
        write(values, text);
        return text.toString();
    }

    /** Appends the text of one document, with a final newline. */
    public static void write(Map<String, @Nullable Object> values, Appendable out) throws IOException {
        YamlWriter writer = new YamlWriter(out);
        writer.value(values, 0);
        writer.out.indent(0);
    }

    /** Writes a value; {@code indent} is the column of a collection's lines and of a text's continuation lines. */
    private void value(@Nullable Object value, int indent) throws IOException {
        if (value instanceof Map<?, ?> map) {
            if (map.isEmpty()) {
                out.indicator("{}", false);
            } else {
                map(YamlValues.map(value), indent);
            }
        } else if (value instanceof List<?> list) {
            if (list.isEmpty()) {
                out.indicator("[]", false);
            } else {
                list(list, indent);
            }
        } else if (value instanceof String text) {
            scalars.write(text, indent);
        } else {
            scalars.writePlain(plain(value));
        }
    }

    private static String plain(@Nullable Object value) {
        return value instanceof Double number ? DecimalText.value(number) : String.valueOf(value);
    }

    private void map(Map<String, @Nullable Object> values, int indent) throws IOException {
        // Go's order is not transitive (1g, 22, 124), so sort first to be independent of the order in the source
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>(KEY_ORDER);
        new TreeMap<>(values).forEach(sorted::put);
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            out.indent(indent);
            key(entry.getKey(), indent);
            Object value = entry.getValue();
            // a list is not indented unless its colon is at the start of a line
            boolean indentless = value instanceof List && !out.isAtLineStart();
            value(value, indentless ? indent : indent + INDENT);
        }
    }

    private void key(String key, int indent) throws IOException {
        if (isSimple(key)) {
            scalars.writeKey(key);
            out.append(":");
        } else {
            out.indicator("?", true);
            scalars.write(key, indent + INDENT);
            out.indent(indent);
            out.indicator(":", true);
        }
    }

    private static boolean isSimple(String key) {
        return !ScalarTraits.of(key).multiline() && key.getBytes(StandardCharsets.UTF_8).length <= MAX_SIMPLE_KEY_BYTES;
    }

    private void list(List<?> values, int indent) throws IOException {
        for (Object value : values) {
            out.indent(indent);
            out.indicator("-", true);
            value(value, indent + INDENT);
        }
    }
}
