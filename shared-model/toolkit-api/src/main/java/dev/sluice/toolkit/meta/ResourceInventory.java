package dev.sluice.toolkit.meta;

import java.util.List;

/**
 * The Kubernetes objects that a controller has applied.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}, {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param entries entries of Kubernetes resource object references
 */
public record ResourceInventory(@RequiredField List<ResourceRef> entries) {

    public ResourceInventory {
        entries = List.copyOf(entries);
    }
}
