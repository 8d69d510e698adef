package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.NamespacedObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of an ImagePolicy.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param imageRepositoryRef points at the object specifying the image being scanned
 * @param policy the particulars of the policy to be followed in selecting the most recent image
 * @param digestReflectionPolicy {@code Always}, {@code IfNotPresent} or {@code Never} (the default)
 * @param filterTags enables filtering for only a subset of tags based on a set of rules. If no rules are provided, all
 *     the tags from the repository will be ordered and compared
 * @param interval time between two checks of the digest of the selected tag, as a Go duration; only for {@code Always};
 *     defaults to {@code 10m}
 * @param suspend tells the controller to suspend subsequent policy reconciliations. It does not apply to already
 *     started reconciliations. Defaults to false
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
