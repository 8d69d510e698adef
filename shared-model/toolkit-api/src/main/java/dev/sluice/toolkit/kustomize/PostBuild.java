package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Substitutes variables after the build.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param substitute takes precedence over {@code substituteFrom}, in which the last one wins
 * @param substituteFrom references to ConfigMaps and Secrets containing the variables and their values to be
 *     substituted in the YAML manifests. The ConfigMap and the Secret data keys represent the var names, and they must
 *     match the vars declared in the manifests for the substitution to happen
 * @param substituteStrategy {@code WithVariables} (the default) or {@code Always}; since Flux 2.9
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
