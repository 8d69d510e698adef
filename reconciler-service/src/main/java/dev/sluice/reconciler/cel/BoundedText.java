package dev.sluice.reconciler.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The functions of CEL's strings library whose result can be much larger than their arguments, with a limit on the size
 * of the result.
 */
final class BoundedText {

    private static final long MAX_LENGTH = CelCost.LIMIT;

    private BoundedText() {}

    static ImmutableList<CelFunctionBinding> functions() {
        return ImmutableList.<CelFunctionBinding>builder()
                .addAll(CelFunctionBinding.fromOverloads(
                        "replace",
                        CelFunctionBinding.from(
                                "string_replace_string_string",
                                ImmutableList.of(String.class, String.class, String.class),
                                arguments -> replace(arguments, Long.MAX_VALUE)),
                        CelFunctionBinding.from(
                                "string_replace_string_string_int",
                                ImmutableList.of(String.class, String.class, String.class, Long.class),
                                arguments -> replace(arguments, (long) arguments[3]))))
                .addAll(CelFunctionBinding.fromOverloads(
                        "join",
                        CelFunctionBinding.from("list_join", List.class, list -> join(list, "")),
                        CelFunctionBinding.from("list_join_string", List.class, String.class, BoundedText::join)))
                .build();
    }

    private static String replace(Object[] arguments, long limit) {
        return replace((String) arguments[0], (String) arguments[1], (String) arguments[2], limit);
    }

    /** A negative limit means all; an empty text is found before each character and at the end. */
    static String replace(String text, String old, String replacement, long limit) {
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        long left = limit < 0 ? Long.MAX_VALUE : limit;
        int found = text.indexOf(old);
        while (left > 0 && found >= 0) {
            requireBelowLimit((long) replaced.length() + replacement.length() + text.length() - at);
            replaced.append(text, at, found).append(replacement);
            at = found + old.length();
            left--;
            found = old.isEmpty() ? nextCharacter(text, found) : text.indexOf(old, at);
        }
        return replaced.append(text, at, text.length()).toString();
    }

    private static int nextCharacter(String text, int at) {
        return at >= text.length() ? -1 : text.offsetByCodePoints(at, 1);
    }

    private static String join(List<?> list, String separator) {
        long length = 0;
        for (Object item : list) {
            length += ((String) item).length() + (long) separator.length();
            requireBelowLimit(length);
        }
        return list.stream().map(String.class::cast).collect(Collectors.joining(separator));
    }

    private static void requireBelowLimit(long length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("the text is longer than %d characters".formatted(MAX_LENGTH));
        }
    }
}
