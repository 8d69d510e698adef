package dev.sluice.reconciler.glob;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The characters of a doublestar pattern, with the structure of its braces. */
final class PatternText {

    /** Returned for positions after the last character. */
    static final int END = -1;

    private static final int LONGEST_EMPTY = "/**/".length();
    private static final List<String> EMPTY_MATCHES = List.of("", "*", "**", "/**", "**/", "/**/");

    private final int[] characters;
    private final int[] slashesBefore;
    private final int[] depths;
    private final Map<Integer, Integer> jumps = new HashMap<>();
    private final Map<Integer, List<Integer>> alternatives = new HashMap<>();
    private final BitSet knownEmpty = new BitSet();
    private final BitSet knownNonEmpty = new BitSet();

    PatternText(String text) {
        this.characters = text.codePoints().toArray();
        this.slashesBefore = new int[characters.length + 1];
        this.depths = new int[characters.length + 1];
        int classEnd = 0;
        for (int i = 0; i < characters.length; i++) {
            slashesBefore[i + 1] = slashesBefore[i] + (characters[i] == '/' ? 1 : 0);
            boolean literal = i < classEnd || isEscaped(i);
            depths[i + 1] = depths[i] + (literal ? 0 : depthChange(i));
            if (!literal && characters[i] == '[' && depths[i] == 0) {
                classEnd = endOfClass(i);
            }
        }
    }

    private int depthChange(int position) {
        return characters[position] == '{' ? 1 : characters[position] == '}' ? -1 : 0;
    }

    private boolean isEscaped(int position) {
        int backslashes = 0;
        while (backslashes < position && characters[position - 1 - backslashes] == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** The end of a class. Outside of braces, a brace in a class is a literal; inside braces, it counts as a brace. */
    private int endOfClass(int opening) {
        int at = opening + 1;
        while (at < characters.length && characters[at] != ']') {
            at += characters[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    int length() {
        return characters.length;
    }

    int slashesBefore(int position) {
        return slashesBefore[position];
    }

    /** The number of braces around a position. */
    int depthAt(int position) {
        return depths[position];
    }

    int at(int position) {
        return position < characters.length ? characters[position] : END;
    }

    /** Maps the end of an alternative to the position after its closing brace. */
    int resolve(int position) {
        int at = position;
        for (Integer jump = jumps.get(at); jump != null; jump = jumps.get(at)) {
            at = jump;
        }
        return at;
    }

    /** Whether the position ends an alternative. */
    boolean endsAlternative(int position) {
        return jumps.containsKey(position);
    }

    /**
     * The start positions of the alternatives of the brace at a position; empty if the brace is unclosed and thus
     * matches nothing.
     */
    List<Integer> alternatives(int opening) {
        List<Integer> known = alternatives.get(opening);
        if (known == null) {
            known = readAlternatives(opening);
            alternatives.put(opening, known);
        }
        return known;
    }

    private List<Integer> readAlternatives(int opening) {
        List<Integer> separators = new ArrayList<>();
        int depth = 1;
        int at = opening;
        while (depth > 0 && ++at < characters.length) {
            switch (characters[at]) {
                case '\\' -> at++;
                case '{' -> depth++;
                case '}' -> depth--;
                default -> {
                    if (characters[at] == ',' && depth == 1) {
                        separators.add(at);
                    }
                }
            }
        }
        return depth > 0 ? List.of() : link(opening, separators, at);
    }

    private List<Integer> link(int opening, List<Integer> separators, int closing) {
        List<Integer> starts = new ArrayList<>();
        starts.add(opening + 1);
        for (int separator : separators) {
            jumps.put(separator, closing + 1);
            starts.add(separator + 1);
        }
        jumps.put(closing, closing + 1);
        return starts;
    }

    /**
     * Whether a name may end at this position of the pattern. Deliberately false for some rests that could match
     * nothing: {@code a**} matches {@code a}, {@code a***} does not, as in the library.
     */
    boolean matchesNothing(int position) {
        int at = resolve(position);
        if (at(at) != '{') {
            return EMPTY_MATCHES.contains(shortRest(at));
        }
        if (!knownEmpty.get(at) && !knownNonEmpty.get(at)) {
            boolean empty = alternatives(at).stream().anyMatch(this::matchesNothing);
            (empty ? knownEmpty : knownNonEmpty).set(at);
        }
        return knownEmpty.get(at);
    }

    private String shortRest(int position) {
        StringBuilder rest = new StringBuilder();
        for (int at = position; at(at) != END && rest.length() <= LONGEST_EMPTY; at = resolve(at + 1)) {
            rest.appendCodePoint(at(at));
        }
        return rest.toString();
    }
}
