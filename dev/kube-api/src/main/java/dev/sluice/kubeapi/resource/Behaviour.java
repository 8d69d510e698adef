package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.object.NameRule;

/**
 * Properties of a kind.
 *
 * @param generation whether {@code metadata.generation} counts changes of the desired state
 * @param unconditionalUpdate whether an update can omit the resourceVersion
 */
public record Behaviour(NameRule nameRule, boolean generation, boolean unconditionalUpdate) {

    public static final Behaviour CUSTOM = new Behaviour(NameRule.SUBDOMAIN, true, false);
}
