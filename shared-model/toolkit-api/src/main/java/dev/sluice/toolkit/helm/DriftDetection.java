package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.kustomize.IgnoreRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether drift in the cluster is detected and corrected.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param ignore a list of rules for specifying which changes to ignore during diffing
 * @param mode {@code enabled}, {@code warn} or {@code disabled} (the default)
 */
public record DriftDetection(
        List<IgnoreRule> ignore, @Nullable String mode) {

    public DriftDetection {
        ignore = List.copyOf(ignore);
    }
}
