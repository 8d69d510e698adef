package dev.sluice.kubeapi.cel;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Escapes field names for CEL expressions. */
final class CelNames {

    private static final Set<String> RESERVED =
            Set.of(("true false null in as break const continue else for function if"
                            + " import let loop package namespace return var void while")
                    .split(" "));

    private static final Pattern ESCAPABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_./-]*");
    private static final Pattern SPECIAL = Pattern.compile("__|[./-]");

    private CelNames() {}

    /** Returns null for a name that expressions cannot access. */
    static @Nullable String escaped(String name) {
        if (RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        return ESCAPABLE.matcher(name).matches() ? SPECIAL.matcher(name).replaceAll(CelNames::word) : null;
    }

    private static String word(MatchResult special) {
        return Matcher.quoteReplacement(
                switch (special.group()) {
                    case "__" -> "__underscores__";
                    case "." -> "__dot__";
                    case "-" -> "__dash__";
                    default -> "__slash__";
                });
    }
}
