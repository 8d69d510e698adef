package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * A patch and the objects to which it applies.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}, {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param patch strategic merge patch or list of JSON 6902 operations, as YAML; preserved literally
 * @param target if absent, the patch itself identifies its object
 */
public record Patch(String patch, @Nullable Selector target) {

    public Patch {
        Required.field(patch, "Patch", "patch");
    }
}
