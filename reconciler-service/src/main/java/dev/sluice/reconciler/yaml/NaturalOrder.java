package dev.sluice.reconciler.yaml;

import dev.sluice.artifact.concurrent.Interruption;
import java.util.Comparator;

/** Orders keys as Go's YAML library does: numbers within names by value, other characters before letters. */
final class NaturalOrder implements Comparator<String> {

    @Override
    public int compare(String a, String b) {
        Interruption.checkUnchecked();
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        for (int i = 0; i < left.length && i < right.length; i++) {
            if (left[i] != right[i]) {
                return compareAt(i, left, right);
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int compareAt(int at, int[] left, int[] right) {
        boolean leftLetter = Character.isLetter(left[at]);
        boolean rightLetter = Character.isLetter(right[at]);
        if (leftLetter != rightLetter) {
            return leftLetter ? 1 : -1;
        }
        if (leftLetter) {
            return Integer.compare(left[at], right[at]);
        }
        return compareNumbers(at, left, right);
    }

    private static int compareNumbers(int at, int[] left, int[] right) {
        // a zero counts as a digit only after a non-zero digit: 10 is after 2, 01 before 1
        String prefix = (left[at] == '0' || right[at] == '0') && followsNonZeroDigit(at, left) ? "1" : "";
        String leftDigits = digits(at, left);
        String rightDigits = digits(at, right);
        int byValue = compareValues(prefix + leftDigits, prefix + rightDigits);
        if (byValue != 0) {
            return byValue;
        }
        int byLength = Integer.compare(leftDigits.length(), rightDigits.length());
        return byLength != 0 ? byLength : Integer.compare(left[at], right[at]);
    }

    private static boolean followsNonZeroDigit(int at, int[] text) {
        for (int i = at - 1; i >= 0 && isDigit(text[i]); i--) {
            if (text[i] != '0') {
                return true;
            }
        }
        return false;
    }

    private static String digits(int from, int[] text) {
        StringBuilder digits = new StringBuilder();
        for (int i = from; i < text.length && isDigit(text[i]); i++) {
            digits.appendCodePoint(text[i]);
        }
        return digits.toString();
    }

    private static boolean isDigit(int codePoint) {
        return codePoint >= '0' && codePoint <= '9';
    }

    /** Compares as text, because a key can have a million digits. */
    private static int compareValues(String left, String right) {
        String a = withoutZeros(left);
        String b = withoutZeros(right);
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static String withoutZeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.substring(zeros);
    }
}
