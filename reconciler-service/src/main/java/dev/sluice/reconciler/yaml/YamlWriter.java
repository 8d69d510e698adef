package dev.sluice.reconciler.yaml;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/** Writes values as YAML, always the same text for the same values. */
public final class YamlWriter {

    private static final NaturalOrder KEY_ORDER = new NaturalOrder();
    private static final Resolver RESOLVER = new Resolver();

    private YamlWriter() {}

    /** The text of one document, which ends in a newline. */
    public static String write(Map<String, @Nullable Object> values) throws IOException {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndent(2);
        options.setIndicatorIndent(0);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        StringWriter text = new StringWriter();
        Serializer serializer = new Serializer(new Emitter(text, options), RESOLVER, options, null);
        serializer.open();
        serializer.serialize(map(values));
        serializer.close();
        return text.toString();
    }

    private static Node node(@Nullable Object value) {
        if (value == null) {
            return plain(Tag.NULL, "null");
        }
        if (value instanceof Map<?, ?>) {
            return map(YamlValues.map(value));
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Boolean) {
            return plain(Tag.BOOL, value.toString());
        }
        if (value instanceof BigInteger) {
            return plain(Tag.INT, value.toString());
        }
        if (value instanceof Double number) {
            String text = DecimalText.value(number);
            return plain(RESOLVER.resolve(NodeId.scalar, text, true), text);
        }
        return string(value.toString(), true);
    }

    private static Node map(Map<String, @Nullable Object> values) {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>(KEY_ORDER);
        sorted.putAll(values);
        List<NodeTuple> entries = new ArrayList<>();
        sorted.forEach((key, value) -> entries.add(new NodeTuple(string(key, false), node(value))));
        return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }

    private static Node list(List<?> values) {
        List<Node> items = new ArrayList<>();
        for (Object value : values) {
            items.add(node(value));
        }
        return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
    }

    private static Node plain(Tag tag, String text) {
        return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
    }

    /** Quoted whenever some reader could take it for something else than a string. */
    private static Node string(String text, boolean mayBeBlock) {
        ScalarStyle style = ScalarStyle.PLAIN;
        if (mayBeBlock && text.indexOf('\n') >= 0) {
            style = ScalarStyle.LITERAL;
        } else if (!text.equals(YamlScalar.resolve(text)) || text.startsWith("=") || text.equals("<<")) {
            style = ScalarStyle.DOUBLE_QUOTED;
        }
        return new ScalarNode(Tag.STR, text, null, null, style);
    }
}
