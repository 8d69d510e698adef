package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.NamespacedObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of an ImagePolicy.
 *
 * @param digestReflectionPolicy {@code Always}, {@code IfNotPresent} or {@code Never} (the default)
 * @param interval only for {@code Always}
 */
public record ImagePolicySpec(
        NamespacedObjectReference imageRepositoryRef,
        ImagePolicyChoice policy,
        @Nullable String digestReflectionPolicy,
        @Nullable TagFilter filterTags,
        @Nullable FluxDuration interval,
        @Nullable Boolean suspend) {

    public ImagePolicySpec {
        Required.field(imageRepositoryRef, "ImagePolicySpec", "imageRepositoryRef");
        Required.field(policy, "ImagePolicySpec", "policy");
    }
}
