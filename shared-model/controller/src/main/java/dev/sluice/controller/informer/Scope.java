package dev.sluice.controller.informer;

import org.jspecify.annotations.Nullable;

/**
 * Which objects an informer holds, and what of them.
 *
 * @param namespace empty for all
 * @param labelSelector in the API server's syntax; empty for all
 * @param keepManager the field manager whose entries of {@code metadata.managedFields} are kept; null for none
 */
public record Scope(
        String namespace, String labelSelector, @Nullable String keepManager) {

    /** All objects of all namespaces. */
    public static Scope all() {
        return new Scope("", "", null);
    }

    /** The same in one namespace; empty for all. */
    public Scope inNamespace(String namespace) {
        return new Scope(namespace, labelSelector, keepManager);
    }

    /** The same with a label selector; empty for all. */
    public Scope withLabels(String labelSelector) {
        return new Scope(namespace, labelSelector, keepManager);
    }

    /** The same, keeping what the manager applied: {@code ExternalArtifactPublisher} compares it. */
    public Scope keepingManager(String fieldManager) {
        return new Scope(namespace, labelSelector, fieldManager);
    }
}
