package dev.sluice.reconciler.glob;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles a valid doublestar pattern into an automaton with at most four nodes for each character.
 * <p>The nodes of a position differ by what precedes it: {@code **} crosses directories only at the start of a path
 *     component, and alternatives in braces can reach a position with or without that start.
 */
final class DoublestarCompiler {

    private static final int NODES_PER_POSITION = 4;
    private static final int INSIDE = 0;
    private static final int AT_START = 1;
    private static final int STAR = 2;
    private static final int DIRECTORIES = 3;

    private final PatternText pattern;
    private final PatternNode.Kind classKind;
    private final Map<Integer, PatternNode> nodes = new HashMap<>();
    private final Deque<PatternNode> unfinished = new ArrayDeque<>();

    /** @param classKind whether a class such as {@code [!a]} matches a slash */
    DoublestarCompiler(String text, PatternNode.Kind classKind) {
        this.pattern = new PatternText(text);
        this.classKind = classKind;
    }

    PatternNode compile() {
        PatternNode start = node(0, AT_START);
        while (!unfinished.isEmpty()) {
            finish(unfinished.pop());
        }
        return start;
    }

    private PatternNode node(int position, int role) {
        int resolved = pattern.resolve(position);
        return nodes.computeIfAbsent(resolved * NODES_PER_POSITION + role, index -> {
            PatternNode node = new PatternNode(index, resolved, pattern.slashesBefore(resolved));
            unfinished.push(node);
            return node;
        });
    }

    private void finish(PatternNode node) {
        int position = node.position;
        int role = node.index % NODES_PER_POSITION;
        node.accepting = role != DIRECTORIES && pattern.matchesNothing(position);
        if (role == STAR) {
            node.inevitable = pattern.depthAt(position) == 0;
            take(node, PatternNode.Kind.STAR, node(position, INSIDE));
        } else if (role == DIRECTORIES) {
            take(node, PatternNode.Kind.DIRECTORIES, node(position, AT_START));
        } else {
            read(node, position, role == AT_START);
        }
    }

    private void read(PatternNode node, int position, boolean atStart) {
        switch (pattern.at(position)) {
            case PatternText.END -> node.kind = PatternNode.Kind.NONE;
            case '*' -> star(node, position + 1, atStart);
            case '?' -> take(node, PatternNode.Kind.ANY_BUT_SLASH, node(position + 1, INSIDE));
            case '[' -> characterClass(node, position);
            case '{' -> alternatives(node, position);
            case '\\' -> literal(node, position + 1);
            default -> literal(node, position);
        }
    }

    private void literal(PatternNode node, int position) {
        node.character = pattern.at(position);
        take(node, PatternNode.Kind.CHARACTER, node(position + 1, node.character == '/' ? AT_START : INSIDE));
    }

    private void characterClass(PatternNode node, int position) {
        ClassReader reader = new ClassReader(pattern, position + 1);
        if (reader.read()) {
            node.characters = reader.characters();
            take(node, classKind, node(reader.end(), INSIDE));
        }
    }

    private void alternatives(PatternNode node, int position) {
        take(
                node,
                PatternNode.Kind.SPLIT,
                pattern.alternatives(position).stream()
                        .map(start -> node(start, AT_START))
                        .toArray(PatternNode[]::new));
    }

    private void star(PatternNode node, int afterStar, boolean atStart) {
        int after = pattern.resolve(afterStar);
        if (pattern.at(after) == '*') {
            after = pattern.resolve(after + 1);
            if (atStart && pattern.at(after) == PatternText.END) {
                take(node, PatternNode.Kind.SPLIT, rest());
                return;
            }
            if (atStart && pattern.at(after) == '/') {
                take(node, PatternNode.Kind.SPLIT, node(after + 1, DIRECTORIES), node(after + 1, AT_START));
                return;
            }
        }
        take(node, PatternNode.Kind.SPLIT, node(after, STAR), node(after, INSIDE));
    }

    /** The trailing {@code **}, which matches the rest of a path. */
    private PatternNode rest() {
        PatternNode rest = new PatternNode(NODES_PER_POSITION * (pattern.length() + 1), pattern.length() + 1, 0);
        rest.kind = PatternNode.Kind.REST;
        rest.accepting = true;
        return rest;
    }

    private static void take(PatternNode node, PatternNode.Kind kind, PatternNode... next) {
        node.kind = kind;
        node.next = List.of(next);
    }
}
