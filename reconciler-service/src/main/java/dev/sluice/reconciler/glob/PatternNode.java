package dev.sluice.reconciler.glob;

import java.util.List;

/**
 * One place in a compiled pattern. Either it takes a character and leads to {@code next}, or, with {@link Kind#SPLIT},
 * it stands for several places at once and takes nothing.
 */
final class PatternNode {

    /** What a place accepts. */
    enum Kind {
        CHARACTER,
        ANY_BUT_SLASH,
        CLASS,
        CLASS_WITHOUT_SLASH,
        /** Any run of characters but slashes; leads to {@code next} after each. */
        STAR,
        /** Any run of characters; leads to {@code next} after each slash. */
        DIRECTORIES,
        /** Everything that is left. */
        REST,
        SPLIT,
        /** Nothing any more. */
        NONE
    }

    final int index;
    /** Where in the pattern the place is, and how many slashes are before it. */
    final int position;

    final int component;
    Kind kind = Kind.NONE;
    int character;
    CharacterClass characters = new CharacterClass(false, List.of());
    List<PatternNode> next = List.of();

    /** Whether a name may end here. */
    boolean accepting;

    /** Whether every match that goes on from an earlier place of the component passes here. */
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
