package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.StoredNames;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which entries of an inventory can be a generator's own. Pure. */
final class InventoryEntries {

    private InventoryEntries() {}

    /** Those of this namespace whose names can be on the volume, the first of each name. */
    static List<ArtifactInventoryEntry> plausible(List<ArtifactInventoryEntry> inventory, String namespace) {
        Set<String> names = new HashSet<>();
        return inventory.stream()
                .filter(entry -> entry.namespace().equals(namespace))
                .filter(entry -> StoredNames.isServable(entry.name()) && StoredNames.isServable(entry.filename()))
                .filter(entry -> names.add(entry.name()))
                .toList();
    }
}
