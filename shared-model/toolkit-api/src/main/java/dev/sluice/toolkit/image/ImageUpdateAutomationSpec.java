package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LabelSelector;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of an ImageUpdateAutomation.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param interval a lower bound for how often the automation run should be attempted, as a Go duration such as {@code
 *     10m}
 * @param sourceRef the resource giving access details to a git repository
 * @param git all the git-specific definitions. This is technically optional, but in practice
 *     mandatory until there are other kinds of source allowed
 * @param policyChangeDelay delay after a change of a policy, to combine several changes in one commit; since Flux 2.10
 * @param policySelector defaults to all policies in the namespace
 * @param suspend tells the controller to not run this automation, until it is unset (or set to false). Defaults to
 *     false
 * @param update the specification for how to update the files in the repository. This can be left empty, to use the
 *     default value
 */
public record ImageUpdateAutomationSpec(
        FluxDuration interval,
        NamespacedObjectKindReference sourceRef,
        @Nullable GitSpec git,
        @Nullable FluxDuration policyChangeDelay,
        @Nullable LabelSelector policySelector,
        @Nullable Boolean suspend,
        @Nullable UpdateStrategy update) {

    public ImageUpdateAutomationSpec {
        Required.field(interval, "ImageUpdateAutomationSpec", "interval");
        Required.field(sourceRef, "ImageUpdateAutomationSpec", "sourceRef");
    }
}
