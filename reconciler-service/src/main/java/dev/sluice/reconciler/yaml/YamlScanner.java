package dev.sluice.reconciler.yaml;

import dev.sluice.reconciler.yaml.YamlToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits a document into tokens with the rules of libyaml and its ports, including Go's library. */
final class YamlScanner {

    static final String TAB_AS_INDENTATION = "a tab is used for indentation; replace it with spaces";

    private static final int MAX_SIMPLE_KEY = 1024;
    private static final String NOT_PLAIN = "-?:,[]{}#&*!|>'\"%@`";

    private final YamlText text;
    private final FlowScalars flowScalars;
    private final PropertyScanner properties;

    private final List<YamlToken> tokens = new ArrayList<>();
    private int tokensTaken;
    private boolean ended;

    private int indent = -1;
    private final Deque<Integer> outerIndents = new ArrayDeque<>();

    /** The potential key of each open flow collection and of the surrounding block. */
    private final List<@Nullable SimpleKey> simpleKeys = new ArrayList<>();

    private boolean simpleKeyAllowed = true;

    /**
     * A token that becomes a key if a colon follows. In block style, a token at the indentation of its map must become
     * one.
     */
    private record SimpleKey(int token, boolean required, int position, YamlMark mark) {}

    YamlScanner(YamlText text) {
        this.text = text;
        this.flowScalars = new FlowScalars(text);
        this.properties = new PropertyScanner(text);
        simpleKeys.add(null);
    }

    /** Returns the next token; must not be called after the last one. */
    YamlToken peek() {
        while (!ended && (tokens.isEmpty() || mayBecomeKey(tokensTaken))) {
            fetch();
        }
        return tokens.get(0);
    }

    YamlToken take() {
        YamlToken next = peek();
        tokens.remove(0);
        tokensTaken++;
        return next;
    }

    private boolean mayBecomeKey(int token) {
        for (int level = simpleKeys.size() - 1; level >= 0; level--) {
            SimpleKey key = simpleKeys.get(level);
            if (key != null && key.token == token) {
                return validKey(level) != null;
            }
        }
        return false;
    }

    private void fetch() {
        skipToNextToken();
        unroll(text.column());
        int c = text.peek();
        if (text.isEnd()) {
            fetchEnd();
        } else if (text.column() == 0 && c == '%') {
            endBlocks();
            tokens.add(properties.directive());
        } else if (text.isDocumentIndicator()) {
            fetchDocumentIndicator();
        } else if (!fetchIndicator(c)) {
            fetchScalarOrProperty(c);
        }
    }

    private void skipToNextToken() {
        while (true) {
            text.skipSpaces(inFlow() || !simpleKeyAllowed);
            text.skipComment();
            if (!text.isBreak()) {
                return;
            }
            text.takeBreak();
            simpleKeyAllowed |= !inFlow();
        }
    }

    private void fetchEnd() {
        text.endLine();
        endBlocks();
        add(Kind.STREAM_END);
        ended = true;
    }

    private void fetchDocumentIndicator() {
        endBlocks();
        add(text.peek() == '-' ? Kind.DOCUMENT_START : Kind.DOCUMENT_END);
        text.skip(3);
    }

    private void endBlocks() {
        unroll(-1);
        removeKey();
        simpleKeyAllowed = false;
    }

    /** Reads a token of a single character; returns false if there is none here. */
    private boolean fetchIndicator(int c) {
        switch (c) {
            case '[', '{' -> fetchFlowStart(c);
            case ']', '}' -> fetchFlowEnd(c);
            case ',' -> {
                removeKey();
                simpleKeyAllowed = true;
                takeAs(Kind.FLOW_ENTRY);
            }
            case '-' -> {
                return text.endsWord(1) && fetchBlockEntry();
            }
            case '?' -> {
                return (inFlow() || text.endsWord(1)) && fetchKey();
            }
            case ':' -> {
                return (inFlow() || text.endsWord(1)) && fetchValue();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void add(Kind kind) {
        tokens.add(YamlToken.of(kind, text.mark()));
    }

    /** Takes one character as a token. */
    private void takeAs(Kind kind) {
        add(kind);
        text.take();
    }

    private void fetchFlowStart(int c) {
        saveKey();
        simpleKeys.add(null);
        simpleKeyAllowed = true;
        takeAs(c == '[' ? Kind.FLOW_LIST_START : Kind.FLOW_MAP_START);
    }

    private void fetchFlowEnd(int c) {
        removeKey();
        if (inFlow()) {
            simpleKeys.remove(simpleKeys.size() - 1);
        }
        simpleKeyAllowed = false;
        takeAs(c == ']' ? Kind.FLOW_LIST_END : Kind.FLOW_MAP_END);
    }

    private boolean fetchBlockEntry() {
        if (!inFlow()) {
            requireNewEntry("a list item is not allowed here; start it on a new line");
            roll(text.mark(), Kind.BLOCK_LIST_START, tokens.size());
        }
        removeKey();
        simpleKeyAllowed = true;
        takeAs(Kind.BLOCK_ENTRY);
        return true;
    }

    private boolean fetchKey() {
        if (!inFlow()) {
            requireNewEntry("a key is not allowed here; start it on a new line");
            roll(text.mark(), Kind.BLOCK_MAP_START, tokens.size());
        }
        removeKey();
        simpleKeyAllowed = !inFlow();
        takeAs(Kind.KEY);
        return true;
    }

    private boolean fetchValue() {
        int level = simpleKeys.size() - 1;
        SimpleKey key = validKey(level);
        if (key != null) {
            int at = key.token - tokensTaken;
            tokens.add(at, YamlToken.of(Kind.KEY, key.mark));
            roll(key.mark, Kind.BLOCK_MAP_START, at);
            simpleKeys.set(level, null);
            simpleKeyAllowed = false;
        } else {
            if (!inFlow()) {
                requireNewEntry("second colon on this line; quote the text that contains it");
                roll(text.mark(), Kind.BLOCK_MAP_START, tokens.size());
            }
            simpleKeyAllowed = !inFlow();
        }
        takeAs(Kind.VALUE);
        return true;
    }

    private void requireNewEntry(String problem) {
        if (!simpleKeyAllowed) {
            throw text.error(problem);
        }
    }

    private void fetchScalarOrProperty(int c) {
        if (c == '*' || c == '&') {
            saveKey();
            simpleKeyAllowed = false;
            tokens.add(properties.anchor());
        } else if (c == '!') {
            saveKey();
            simpleKeyAllowed = false;
            tokens.add(properties.tag());
        } else if ((c == '|' || c == '>') && !inFlow()) {
            removeKey();
            simpleKeyAllowed = true;
            tokens.add(BlockScalars.read(text, indent));
        } else if (c == '\'' || c == '"') {
            saveKey();
            simpleKeyAllowed = false;
            tokens.add(flowScalars.quoted(c));
        } else if (mayStartPlain(c)) {
            saveKey();
            FlowScalars.Plain plain = flowScalars.plain(inFlow(), indent + 1);
            simpleKeyAllowed = plain.lineEnded();
            tokens.add(plain.token());
        } else {
            throw text.error(c == '\t' ? TAB_AS_INDENTATION : unexpected(c));
        }
    }

    private boolean mayStartPlain(int c) {
        boolean special = YamlCharacters.isBlank(c) || NOT_PLAIN.indexOf(c) >= 0;
        return !special
                || (c == '-' && !YamlCharacters.isBlank(text.peek(1)))
                || (!inFlow() && (c == '?' || c == ':') && !text.endsWord(1));
    }

    private static String unexpected(int c) {
        return "a value cannot start with %s; quote the text".formatted(Character.toString(c));
    }

    private boolean inFlow() {
        return simpleKeys.size() > 1;
    }

    private void saveKey() {
        if (simpleKeyAllowed) {
            removeKey();
            boolean required = !inFlow() && indent == text.column();
            SimpleKey key = new SimpleKey(tokensTaken + tokens.size(), required, text.position(), text.mark());
            simpleKeys.set(simpleKeys.size() - 1, key);
        }
    }

    private void removeKey() {
        SimpleKey key = simpleKeys.set(simpleKeys.size() - 1, null);
        if (key != null && key.required) {
            throw missingColon(key);
        }
    }

    /** The potential key for a colon here: it must have started on this line, within the maximum distance. */
    private @Nullable SimpleKey validKey(int level) {
        SimpleKey key = simpleKeys.get(level);
        if (key == null) {
            return null;
        }
        boolean valid = key.mark.line() == text.line() && key.position + MAX_SIMPLE_KEY >= text.position();
        if (valid) {
            return key;
        }
        if (key.required) {
            throw missingColon(key);
        }
        simpleKeys.set(level, null);
        return null;
    }

    private static YamlSyntaxException missingColon(SimpleKey key) {
        return new YamlSyntaxException(
                key.mark, "a colon and a space are missing after this key; add them, or indent the line");
    }

    private void roll(YamlMark mark, Kind start, int at) {
        if (!inFlow() && indent < mark.column()) {
            outerIndents.push(indent);
            indent = mark.column();
            tokens.add(at, YamlToken.of(start, mark));
        }
    }

    private void unroll(int column) {
        while (!inFlow() && indent > column) {
            add(Kind.BLOCK_END);
            indent = outerIndents.pop();
        }
    }
}
