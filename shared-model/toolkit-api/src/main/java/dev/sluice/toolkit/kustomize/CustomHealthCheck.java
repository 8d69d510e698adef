package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** CEL expressions that determine the health of a custom resource. */
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
