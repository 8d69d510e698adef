package dev.sluice.reconciler.yaml;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.reconciler.yaml.YamlToken.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses one YAML document, with libyaml's grammar. */
final class YamlParser {

    private static final Set<Kind> NO_CONTENT =
            EnumSet.of(Kind.DIRECTIVE, Kind.DOCUMENT_START, Kind.DOCUMENT_END, Kind.STREAM_END);
    private static final Set<Kind> AFTER_BLOCK_KEY = EnumSet.of(Kind.KEY, Kind.VALUE, Kind.BLOCK_END);
    private static final Set<Kind> AFTER_ITEM = EnumSet.of(Kind.BLOCK_ENTRY, Kind.BLOCK_END);
    private static final Set<Kind> AFTER_INDENTLESS_ITEM =
            EnumSet.of(Kind.BLOCK_ENTRY, Kind.KEY, Kind.VALUE, Kind.BLOCK_END);

    private final YamlScanner tokens;
    private final int maxDepth;
    private final YamlAllowance allowance;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Map<String, String> handles = new HashMap<>(PropertyScanner.HANDLES);
    private int depth;

    private YamlParser(YamlScanner tokens, int maxDepth, YamlAllowance allowance) {
        this.tokens = tokens;
        this.maxDepth = maxDepth;
        this.allowance = allowance;
    }

    /**
     * Returns the root node, or null if the document is empty. Text after a {@code ...} line is ignored.
     *
     * @param firstLine number of lines before the document in its file
     */
    static @Nullable YamlNode parse(String document, int firstLine, int maxDepth, YamlAllowance allowance)
            throws IOException {
        try {
            return new YamlParser(new YamlScanner(new YamlText(document, firstLine)), maxDepth, allowance).document();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (YamlSyntaxException e) {
            throw new InvalidYamlException("invalid YAML: " + e.getMessage(), e);
        }
    }

    private @Nullable YamlNode document() {
        if (isNext(Kind.STREAM_END)) {
            return null;
        }
        boolean explicit = isNext(Kind.DIRECTIVE) || isNext(Kind.DOCUMENT_START);
        if (explicit) {
            directives();
        }
        YamlNode root = explicit && NO_CONTENT.contains(next()) ? empty() : node(true, false);
        // the rest must consist of valid tokens
        tokens.peek();
        return root;
    }

    private void directives() {
        while (isNext(Kind.DIRECTIVE)) {
            YamlToken directive = tokens.take();
            if (!directive.handle().isEmpty()) {
                handles.put(directive.handle(), directive.text());
            }
        }
        if (!isNext(Kind.DOCUMENT_START)) {
            throw error("a directive (a line that starts with a percent sign) without a document; remove it");
        }
        tokens.take();
    }

    private Kind next() {
        return tokens.peek().kind();
    }

    private boolean isNext(Kind kind) {
        return next() == kind;
    }

    private boolean takeIf(Kind kind) {
        boolean taken = isNext(kind);
        if (taken) {
            tokens.take();
        }
        return taken;
    }

    private YamlSyntaxException error(String problem) {
        return new YamlSyntaxException(tokens.peek().mark(), problem);
    }

    /** Takes heap for a node before it is created. */
    private void take(long bytes) {
        Interruption.checkUnchecked();
        try {
            allowance.takeHeap(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private YamlNode empty() {
        take(YamlCosts.NODE);
        return new YamlNode.Scalar(tokens.peek().mark(), "", null, true);
    }

    /** Parses a node. {@code inBlock} allows block style, {@code afterKey} a list without indentation. */
    private YamlNode node(boolean inBlock, boolean afterKey) {
        if (isNext(Kind.ALIAS)) {
            return alias();
        }
        if (depth >= maxDepth) {
            throw error("nested deeper than %d levels; reduce the nesting".formatted(maxDepth));
        }
        depth++;
        YamlMark mark = tokens.peek().mark();
        String anchor = isNext(Kind.ANCHOR) ? tokens.take().text() : null;
        String tag = isNext(Kind.TAG) ? tag(tokens.take()) : null;
        if (anchor == null && isNext(Kind.ANCHOR)) {
            anchor = tokens.take().text();
        }
        YamlNode node = content(new Properties(mark, anchor, tag), inBlock, afterKey);
        depth--;
        return node;
    }

    /** Position, anchor and tag before a node's content. */
    private record Properties(
            YamlMark mark,
            @Nullable String anchor,
            @Nullable String tag) {}

    private YamlNode alias() {
        YamlToken alias = tokens.take();
        YamlNode target = anchors.get(alias.text());
        if (target == null) {
            throw new YamlSyntaxException(
                    alias.mark(),
                    "undefined anchor \"%s\"; define it before its alias, or quote the text".formatted(alias.text()));
        }
        take(YamlCosts.NODE);
        return new YamlNode.Alias(alias.mark(), target);
    }

    private String tag(YamlToken tag) {
        String prefix = tag.handle().isEmpty() ? "" : handles.get(tag.handle());
        if (prefix == null) {
            throw new YamlSyntaxException(tag.mark(), "unknown tag handle; quote text that starts with !");
        }
        return prefix + tag.text();
    }

    private YamlNode content(Properties properties, boolean inBlock, boolean afterKey) {
        return switch (next()) {
            case PLAIN, QUOTED -> scalar(properties);
            case FLOW_LIST_START -> flowList(list(properties));
            case FLOW_MAP_START -> flowMap(map(properties));
            case BLOCK_LIST_START -> inBlock ? blockList(list(properties)) : none(properties);
            case BLOCK_MAP_START -> inBlock ? blockMap(map(properties)) : none(properties);
            case BLOCK_ENTRY -> inBlock && afterKey ? indentlessList(list(properties)) : none(properties);
            default -> none(properties);
        };
    }

    private YamlNode scalar(Properties properties) {
        YamlToken token = tokens.take();
        take(YamlCosts.NODE + YamlCosts.text(token.text()));
        String tag = properties.tag;
        boolean plain = tag == null ? token.kind() == Kind.PLAIN : tag.equals("!");
        return anchored(properties, new YamlNode.Scalar(properties.mark, token.text(), tag, plain));
    }

    private YamlNode none(Properties properties) {
        if (properties.anchor == null && properties.tag == null) {
            throw error("found %s, expected a value; add the value, or quote the text".formatted(next()));
        }
        take(YamlCosts.NODE);
        return anchored(properties, new YamlNode.Scalar(properties.mark, "", properties.tag, properties.tag == null));
    }

    private <T extends YamlNode> T anchored(Properties properties, T node) {
        if (properties.anchor != null) {
            take(YamlCosts.ANCHOR + YamlCosts.text(properties.anchor));
            anchors.put(properties.anchor, node);
        }
        return node;
    }

    private YamlNode.Sequence list(Properties properties) {
        take(YamlCosts.NODE + YamlCosts.LIST);
        return anchored(properties, new YamlNode.Sequence(properties.mark, new ArrayList<>()));
    }

    private YamlNode.Mapping map(Properties properties) {
        take(YamlCosts.NODE + YamlCosts.LIST);
        return anchored(properties, new YamlNode.Mapping(properties.mark, new ArrayList<>()));
    }

    private YamlNode blockList(YamlNode.Sequence list) {
        tokens.take();
        while (takeIf(Kind.BLOCK_ENTRY)) {
            list.items().add(valueUnless(AFTER_ITEM, true, false));
        }
        if (!takeIf(Kind.BLOCK_END)) {
            throw error("found %s, expected a list item; check the indentation".formatted(next()));
        }
        return list;
    }

    private YamlNode indentlessList(YamlNode.Sequence list) {
        while (takeIf(Kind.BLOCK_ENTRY)) {
            list.items().add(valueUnless(AFTER_INDENTLESS_ITEM, true, false));
        }
        return list;
    }

    private YamlNode blockMap(YamlNode.Mapping map) {
        tokens.take();
        while (takeIf(Kind.KEY)) {
            YamlNode key = valueUnless(AFTER_BLOCK_KEY, true, true);
            YamlNode value = takeIf(Kind.VALUE) ? valueUnless(AFTER_BLOCK_KEY, true, true) : empty();
            map.entries().add(new YamlNode.Entry(key, value));
        }
        if (!takeIf(Kind.BLOCK_END)) {
            throw error("%s is not allowed here; check the indentation".formatted(next()));
        }
        return map;
    }

    private YamlNode flowList(YamlNode.Sequence list) {
        List<YamlNode> items = list.items();
        tokens.take();
        Set<Kind> ends = EnumSet.of(Kind.FLOW_ENTRY, Kind.FLOW_LIST_END);
        for (boolean first = true; !isNext(Kind.FLOW_LIST_END); first = false) {
            requireComma(first, Kind.FLOW_LIST_END);
            if (isNext(Kind.KEY)) {
                take(YamlCosts.NODE + YamlCosts.LIST);
                List<YamlNode.Entry> pair = new ArrayList<>();
                YamlNode.Mapping map = new YamlNode.Mapping(tokens.peek().mark(), pair);
                pair.add(flowEntry(ends));
                items.add(map);
            } else if (!isNext(Kind.FLOW_LIST_END)) {
                items.add(node(false, false));
            }
        }
        tokens.take();
        return list;
    }

    private YamlNode flowMap(YamlNode.Mapping map) {
        tokens.take();
        Set<Kind> ends = EnumSet.of(Kind.FLOW_ENTRY, Kind.FLOW_MAP_END);
        for (boolean first = true; !isNext(Kind.FLOW_MAP_END); first = false) {
            requireComma(first, Kind.FLOW_MAP_END);
            if (isNext(Kind.KEY)) {
                map.entries().add(flowEntry(ends));
            } else if (!isNext(Kind.FLOW_MAP_END)) {
                YamlNode key = node(false, false);
                map.entries().add(new YamlNode.Entry(key, empty()));
            }
        }
        tokens.take();
        return map;
    }

    private void requireComma(boolean first, Kind end) {
        if (!first && !takeIf(Kind.FLOW_ENTRY)) {
            throw error("found %s, expected a comma or %s; add it, or quote the text".formatted(next(), end));
        }
    }

    private YamlNode.Entry flowEntry(Set<Kind> ends) {
        tokens.take();
        Set<Kind> afterKey = EnumSet.copyOf(ends);
        afterKey.add(Kind.VALUE);
        YamlNode key = valueUnless(afterKey, false, false);
        YamlNode value = takeIf(Kind.VALUE) ? valueUnless(ends, false, false) : empty();
        return new YamlNode.Entry(key, value);
    }

    private YamlNode valueUnless(Set<Kind> ends, boolean inBlock, boolean afterKey) {
        return ends.contains(next()) ? empty() : node(inBlock, afterKey);
    }
}
