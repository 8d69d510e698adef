package dev.sluice.reconciler.copy;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compares appended text with the expected UTF-8 bytes without storing it. */
final class TextComparison implements Appendable {

    /** Aborts the writing at the first difference. */
    static final class DifferentException extends IOException {

        private static final long serialVersionUID = 1L;

        DifferentException(int at) {
            super("text differs from byte " + at);
        }
    }

    private final byte[] expected;
    private int position;

    TextComparison(byte[] expected) {
        this.expected = expected;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
        Interruption.check();
        byte[] next = text.toString().getBytes(StandardCharsets.UTF_8);
        int end = position + next.length;
        if (end > expected.length || !Arrays.equals(next, 0, next.length, expected, position, end)) {
            throw new DifferentException(position);
        }
        position = end;
        return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
        return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) throws IOException {
        return append(String.valueOf(c));
    }

    /** Whether all expected bytes were appended. */
    boolean isComplete() {
        return position == expected.length;
    }
}
