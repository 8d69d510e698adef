package dev.sluice.reconciler.access;

/**
 * The flags that restrict writes to other namespaces.
 *
 * @param defaultServiceAccount account of generators that name none; empty for none
 * @param noCrossNamespaceRefs whether a generator without an account can write to its own namespace only
 * @param watchedNamespace the only namespace that the controller watches; empty for all
 */
public record AccessRules(String defaultServiceAccount, boolean noCrossNamespaceRefs, String watchedNamespace) {

    /** All namespaces are watched, and generators without an account can write to all of them. */
    public static final AccessRules NONE = new AccessRules("", false, "");
}
