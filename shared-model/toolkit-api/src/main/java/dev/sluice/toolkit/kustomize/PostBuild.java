package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Substitutes variables after the build.
 *
 * @param substitute takes precedence over {@code substituteFrom}, in which the last one wins
 * @param substituteStrategy {@code WithVariables} (the default) or {@code Always}
 */
public record PostBuild(
        Map<String, String> substitute,
        List<SubstituteReference> substituteFrom,
        @Nullable String substituteStrategy) {

    public PostBuild {
        substitute = Immutable.map(substitute);
        substituteFrom = List.copyOf(substituteFrom);
    }
}
