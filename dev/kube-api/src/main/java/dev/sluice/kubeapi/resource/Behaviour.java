package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.object.NameRule;

/**
 * In what the kinds differ.
 *
 * @param generation whether {@code metadata.generation} counts changes of what is desired
 * @param unconditionalUpdate whether an update may leave out the resourceVersion
 */
public record Behaviour(NameRule nameRule, boolean generation, boolean unconditionalUpdate) {

    public static final Behaviour CUSTOM = new Behaviour(NameRule.SUBDOMAIN, true, false);
}
