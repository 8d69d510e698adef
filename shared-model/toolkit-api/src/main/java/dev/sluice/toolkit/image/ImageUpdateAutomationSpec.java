package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LabelSelector;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of an ImageUpdateAutomation.
 *
 * @param policyChangeDelay delay after a change of a policy, to combine several changes in one commit
 * @param policySelector defaults to all policies in the namespace
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
