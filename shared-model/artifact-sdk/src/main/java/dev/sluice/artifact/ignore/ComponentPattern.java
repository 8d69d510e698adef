package dev.sluice.artifact.ignore;

import dev.sluice.artifact.concurrent.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for one name. Matching never backtracks beyond the last star, so its cost is bounded.
 *
 * @param tokens a test for each character; null for a star
 * @param stars number of stars in the pattern
 * @param isAnyPath whether it is {@code **} and matches any number of directories
 */
record ComponentPattern(List<@Nullable IntPredicate> tokens, int stars, boolean isAnyPath) {

    static ComponentPattern of(String text) {
        List<@Nullable IntPredicate> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            at = read(text, at, tokens);
        }
        boolean anyPath = text.equals("**");
        int stars = anyPath ? 0 : (int) text.chars().filter(c -> c == '*').count();
        return new ComponentPattern(tokens, stars, anyPath);
    }

    private static int read(String text, int at, List<@Nullable IntPredicate> tokens) {
        char c = text.charAt(at);
        if (c == '*') {
            if (tokens.isEmpty() || tokens.get(tokens.size() - 1) != null) {
                tokens.add(null);
            }
            return at + 1;
        }
        if (c == '[' && text.indexOf(']', at + 2) > 0) {
            int end = text.indexOf(']', at + 2);
            tokens.add(characterClass(text.substring(at + 1, end)));
            return end + 1;
        }
        boolean escaped = c == '\\' && at + 1 < text.length();
        char literal = escaped ? text.charAt(at + 1) : c;
        tokens.add(c == '?' ? any -> true : other -> other == literal);
        return escaped ? at + 2 : at + 1;
    }

    private static IntPredicate characterClass(String text) {
        boolean negated = text.startsWith("!") || text.startsWith("^");
        String members = negated ? text.substring(1) : text;
        IntPredicate isMember = c -> {
            for (int i = 0; i < members.length(); i++) {
                boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
                if (range ? members.charAt(i) <= c && c <= members.charAt(i + 2) : members.charAt(i) == c) {
                    return true;
                }
                i += range ? 2 : 0;
            }
            return false;
        };
        return negated ? isMember.negate() : isMember;
    }

    boolean matches(String name) {
        int token = 0;
        int at = 0;
        int star = -1;
        int starEnd = 0;
        while (at < name.length()) {
            IntPredicate test = token < tokens.size() ? tokens.get(token) : null;
            if (token < tokens.size() && test == null) {
                star = token++;
                starEnd = at;
            } else if (test != null && test.test(name.charAt(at))) {
                token++;
                at++;
            } else if (star >= 0) {
                Interruption.checkUnchecked();
                token = star + 1;
                at = ++starEnd;
            } else {
                return false;
            }
        }
        return tokens.subList(token, tokens.size()).stream().allMatch(rest -> rest == null);
    }
}
