package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * CEL expressions that determine the health of a custom resource.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}, {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion APIVersion of the custom resource under evaluation
 * @param current the CEL expression that determines if the status of the custom resource has reached the desired state
 * @param failed the CEL expression that determines if the status of the custom resource has failed to reach the
 *     desired state
 * @param inProgress the CEL expression that determines if the status of the custom resource has not yet reached the
 *     desired state
 * @param kind kind of the custom resource under evaluation
 */
public record CustomHealthCheck(
        String apiVersion,
        String current,
        @Nullable String failed,
        @Nullable String inProgress,
        @Nullable String kind) {

    public CustomHealthCheck {
        Required.field(apiVersion, "CustomHealthCheck", "apiVersion");
        Required.field(current, "CustomHealthCheck", "current");
    }
}
