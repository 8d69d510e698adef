package dev.sluice.reconciler.glob;

/** Parses one path component of a glob; positions are UTF-8 bytes, as in {@link Utf8Text}. */
final class SegmentGlobParser {

    private final String segment;
    private final String bytes;
    private int at;

    SegmentGlobParser(String segment) {
        this.segment = segment;
        this.bytes = Utf8Text.bytesOf(segment);
    }

    SegmentGlob parse() throws InvalidPatternException {
        SegmentGlob.Builder glob = new SegmentGlob.Builder();
        while (at < bytes.length()) {
            char c = bytes.charAt(at++);
            switch (c) {
                case '*' -> glob.star();
                case '?' -> glob.add(new SegmentGlob.AnyCharacter());
                case '[' -> glob.add(new SegmentGlob.OneOf(characterClass()));
                case '\\' -> glob.add(new SegmentGlob.Literal(escaped()));
                default -> glob.add(new SegmentGlob.Literal(c));
            }
        }
        return glob.build();
    }

    private char escaped() throws InvalidPatternException {
        if (at == bytes.length()) {
            throw new InvalidPatternException(segment, "trailing backslash");
        }
        return bytes.charAt(at++);
    }

    private CharacterClass characterClass() throws InvalidPatternException {
        CharacterClass.Builder members = new CharacterClass.Builder(skip('^'));
        while (members.isEmpty() || !skip(']')) {
            int first = member();
            members.add(first, skip('-') ? member() : first);
        }
        return members.build();
    }

    private boolean skip(char expected) {
        boolean found = at < bytes.length() && bytes.charAt(at) == expected;
        at += found ? 1 : 0;
        return found;
    }

    /** Parses one bound of a range; the class must continue after it. */
    private int member() throws InvalidPatternException {
        if (at == bytes.length() || bytes.charAt(at) == '-' || bytes.charAt(at) == ']') {
            throw badClass();
        }
        if (skip('\\') && at == bytes.length()) {
            throw badClass();
        }
        int codePoint = Utf8Text.codePointAt(bytes, at);
        at += Utf8Text.lengthAt(bytes, at);
        if (at == bytes.length()) {
            throw badClass();
        }
        return codePoint;
    }

    private InvalidPatternException badClass() {
        return new InvalidPatternException(
                segment, "invalid [class]: close it, and escape a leading or trailing ] or - with a backslash");
    }
}
