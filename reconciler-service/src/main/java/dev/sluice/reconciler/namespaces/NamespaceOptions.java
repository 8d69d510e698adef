package dev.sluice.reconciler.namespaces;

import java.util.Set;

/**
 * Options of the management of namespaces.
 *
 * @param protectedNamespaces names and prefixes of namespaces that are never changed, see {@link ProtectedNamespaces}
 * @param ownNamespace the controller's namespace; empty if it is unknown
 * @param overrideManagers field managers whose labels and annotations are removed
 */
public record NamespaceOptions(String protectedNamespaces, String ownNamespace, Set<String> overrideManagers) {

    public NamespaceOptions {
        overrideManagers = Set.copyOf(overrideManagers);
    }
}
