package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * A patch, and which objects get it.
 *
 * @param patch strategic merge patch or list of JSON 6902 operations, as YAML text; it is kept to the letter
 * @param target without one, the patch itself names its object
 */
public record Patch(String patch, @Nullable Selector target) {

    public Patch {
        Required.field(patch, "Patch", "patch");
    }
}
