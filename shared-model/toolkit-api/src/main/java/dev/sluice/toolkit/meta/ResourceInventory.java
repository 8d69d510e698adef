package dev.sluice.toolkit.meta;

import java.util.List;

/**
 * The Kubernetes objects that a controller has applied.
 *
 * @param entries entries of Kubernetes resource object references
 */
public record ResourceInventory(@RequiredField List<ResourceRef> entries) {

    public ResourceInventory {
        entries = List.copyOf(entries);
    }
}
