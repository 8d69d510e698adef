package dev.sluice.reconciler.copy;

import org.jspecify.annotations.Nullable;

/** What a copy operation does with the selected files. */
enum Strategy {
    OVERWRITE,
    MERGE,
    EXTRACT;

    static Strategy parse(@Nullable String strategy) throws CopyException {
        if (strategy == null || strategy.isEmpty()) {
            return OVERWRITE;
        }
        return switch (strategy) {
            case "Overwrite" -> OVERWRITE;
            case "Merge" -> MERGE;
            case "Extract" -> EXTRACT;
            default ->
                throw new CopyException("unknown strategy \"%s\"; use Overwrite, Merge or Extract".formatted(strategy));
        };
    }
}
