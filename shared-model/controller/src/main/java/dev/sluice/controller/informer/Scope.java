package dev.sluice.controller.informer;

import org.jspecify.annotations.Nullable;

/**
 * Selects the objects that an informer caches, and the managed fields that it keeps.
 *
 * @param namespace empty for all namespaces
 * @param labelSelector in the API server's syntax; empty for all objects
 * @param keepManager field manager whose entries of {@code metadata.managedFields} are kept; null for none
 */
public record Scope(
        String namespace, String labelSelector, @Nullable String keepManager) {

    /** Selects all objects of all namespaces. */
    public static Scope all() {
        return new Scope("", "", null);
    }

    /** Returns a copy for one namespace; empty for all. */
    public Scope inNamespace(String namespace) {
        return new Scope(namespace, labelSelector, keepManager);
    }

    /** Returns a copy with a label selector; empty for all. */
    public Scope withLabels(String labelSelector) {
        return new Scope(namespace, labelSelector, keepManager);
    }

    /** Returns a copy that keeps the managed fields of this manager, which {@code ExternalArtifactPublisher} needs. */
    public Scope keepingManager(String fieldManager) {
        return new Scope(namespace, labelSelector, fieldManager);
    }
}
