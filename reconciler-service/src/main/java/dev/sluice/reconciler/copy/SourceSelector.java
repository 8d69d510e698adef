package dev.sluice.reconciler.copy;

import dev.sluice.reconciler.glob.LexicalPath;

/** The {@code from} of a copy operation, {@code @alias/<path or glob>}. */
record SourceSelector(String alias, String pattern) {

    static SourceSelector parse(String from) throws CopyException {
        int slash = from.indexOf('/');
        if (!from.startsWith("@") || slash < 0) {
            throw new CopyException("from must be \"@<alias>/<path or glob>\"; the root of a source is \"@<alias>/\"");
        }
        return new SourceSelector(from.substring(1, slash), from.substring(slash + 1));
    }

    boolean isGlob() {
        return hasGlobCharacters(pattern);
    }

    /** The literal components before the first one with a wildcard; {@code .} if there are none. */
    String literalRoot() {
        StringBuilder root = new StringBuilder();
        for (String component : LexicalPath.clean(pattern).split("/", -1)) {
            if (hasGlobCharacters(component)) {
                break;
            }
            root.append(root.isEmpty() ? "" : "/").append(component);
        }
        return root.isEmpty() ? "." : root.toString();
    }

    private static boolean hasGlobCharacters(String text) {
        return text.chars().anyMatch(c -> "*?[]".indexOf(c) >= 0);
    }
}
