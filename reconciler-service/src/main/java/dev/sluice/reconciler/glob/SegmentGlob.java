package dev.sluice.reconciler.glob;

import java.util.ArrayList;
import java.util.List;

/**
 * A glob for one path component in the dialect of Go's {@code path.Match}: {@code *}, {@code ?}, {@code [a-z]}, {@code
 * [^a-z]} and {@code \} to escape a character.
 * <p>The time of a match is bounded by the length of the name times the longest run between two stars.
 */
final class SegmentGlob {

    private final List<Run> runs;

    SegmentGlob(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    static SegmentGlob parse(String segment) throws InvalidPatternException {
        return new SegmentGlobParser(segment).parse();
    }

    static boolean hasMeta(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if ("*?[\\".indexOf(segment.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    boolean matches(String name) {
        String bytes = Utf8Text.bytesOf(name);
        int at = 0;
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            boolean last = i == runs.size() - 1;
            if (run.afterStar && run.items.isEmpty()) {
                return true;
            }
            at = run.find(bytes, at, last);
            if (at < 0) {
                return false;
            }
        }
        return at == bytes.length();
    }

    /** The items between two stars. */
    record Run(boolean afterStar, List<Item> items) {

        Run {
            items = List.copyOf(items);
        }

        /**
         * The end of the leftmost match from a position on, or at that position if no star precedes; -1 if there is
         * none.
         */
        private int find(String bytes, int from, boolean toTheEnd) {
            int latest = afterStar ? bytes.length() : from;
            for (int start = from; start <= latest; start++) {
                int end = matchAt(bytes, start);
                if (end >= 0 && (!toTheEnd || end == bytes.length())) {
                    return end;
                }
            }
            return -1;
        }

        private int matchAt(String bytes, int start) {
            int at = start;
            for (Item item : items) {
                at = at < bytes.length() ? item.match(bytes, at) : -1;
                if (at < 0) {
                    return -1;
                }
            }
            return at;
        }
    }

    /** Matches one character. */
    sealed interface Item {

        /** The position after the character, or -1. */
        int match(String bytes, int at);
    }

    record Literal(char value) implements Item {
        @Override
        public int match(String bytes, int at) {
            return bytes.charAt(at) == value ? at + 1 : -1;
        }
    }

    record AnyCharacter() implements Item {
        @Override
        public int match(String bytes, int at) {
            return at + Utf8Text.lengthAt(bytes, at);
        }
    }

    record OneOf(CharacterClass characters) implements Item {
        @Override
        public int match(String bytes, int at) {
            return characters.contains(Utf8Text.codePointAt(bytes, at)) ? at + Utf8Text.lengthAt(bytes, at) : -1;
        }
    }

    /** Collects runs while a pattern is parsed. */
    static final class Builder {

        private final List<Run> runs = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();
        private boolean afterStar;

        void add(Item item) {
            items.add(item);
        }

        void star() {
            if (!items.isEmpty()) {
                endRun();
            }
            afterStar = true;
        }

        SegmentGlob build() {
            if (afterStar || !items.isEmpty()) {
                endRun();
            }
            return new SegmentGlob(runs);
        }

        private void endRun() {
            runs.add(new Run(afterStar, items));
            items.clear();
            afterStar = false;
        }
    }
}
