package dev.sluice.reconciler.glob;

import java.util.List;

/**
 * A node of a compiled pattern. It either consumes a character and leads to {@code next} or, with {@link Kind#SPLIT},
 * consumes nothing and represents several nodes.
 */
final class PatternNode {

    /** What a node accepts. */
    enum Kind {
        CHARACTER,
        ANY_BUT_SLASH,
        CLASS,
        CLASS_WITHOUT_SLASH,
        /** Any run of characters except slashes; leads to {@code next} after each. */
        STAR,
        /** Any run of characters; leads to {@code next} after each slash. */
        DIRECTORIES,
        /** The rest of the path. */
        REST,
        SPLIT,
        /** Nothing. */
        NONE
    }

    final int index;
    /** Position of the node in the pattern, and the number of slashes before it. */
    final int position;

    final int component;
    Kind kind = Kind.NONE;
    int character;
    CharacterClass characters = new CharacterClass(false, List.of());
    List<PatternNode> next = List.of();

    /** Whether a name may end here. */
    boolean accepting;

    /** Whether every match that continues from an earlier node of the component passes this node. */
    boolean inevitable;

    PatternNode(int index, int position, int component) {
        this.index = index;
        this.position = position;
        this.component = component;
    }

    boolean accepts(int codePoint) {
        return switch (kind) {
            case CHARACTER -> codePoint == character;
            case ANY_BUT_SLASH, STAR -> codePoint != '/';
            case CLASS -> characters.contains(codePoint);
            case CLASS_WITHOUT_SLASH -> codePoint != '/' && characters.contains(codePoint);
            case DIRECTORIES, REST -> true;
            case SPLIT, NONE -> false;
        };
    }
}
