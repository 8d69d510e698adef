package dev.sluice.reconciler.glob;

/** Parses a bracket expression of the doublestar dialect. */
final class ClassReader {

    private static final int NONE = -1;

    private final PatternText pattern;
    private int at;
    private CharacterClass.Builder members = new CharacterClass.Builder(false);

    ClassReader(PatternText pattern, int at) {
        this.pattern = pattern;
        this.at = at;
    }

    /** Returns false if the class does not end within its alternative; it then matches nothing. */
    boolean read() {
        boolean negated = DoublestarPattern.isNegation(pattern.at(at));
        at += negated ? 1 : 0;
        members = new CharacterClass.Builder(negated);
        int previous = NONE;
        while (pattern.at(at) != ']') {
            if (outside()) {
                return false;
            }
            boolean range = previous != NONE && pattern.at(at) == '-' && pattern.at(at + 1) != ']';
            at += range ? 1 : 0;
            int member = member();
            members.add(range ? previous : member, member);
            previous = range ? NONE : member;
        }
        at++;
        return !members.isEmpty();
    }

    private boolean outside() {
        return pattern.at(at) == PatternText.END || pattern.endsAlternative(at);
    }

    private int member() {
        at += pattern.at(at) == '\\' ? 1 : 0;
        return pattern.at(at++);
    }

    CharacterClass characters() {
        return members.build();
    }

    /** The position after the closing bracket. */
    int end() {
        return at;
    }
}
