package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.StoredNames;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which entries of an inventory can be a generator's own. Pure. */
final class InventoryEntries {

    /** As many namespaces as a generator can have artifacts. */
    private static final int MAX_FOREIGN = 1_000;

    private InventoryEntries() {}

    /** Those of this namespace whose names can be on the volume, the first of each name. */
    static List<ArtifactInventoryEntry> plausible(List<ArtifactInventoryEntry> inventory, String namespace) {
        Set<String> names = new HashSet<>();
        return inventory.stream()
                .filter(ArtifactInventoryEntry::isArtifact)
                .filter(entry -> namespace.equals(entry.namespace()))
                .filter(entry -> StoredNames.isServable(entry.name()) && StoredNames.isServable(filename(entry)))
                .filter(entry -> names.add(entry.name()))
                .toList();
    }

    /** Those that another version of this controller manages, by kind or without a namespace: not ours to forget. */
    static List<ArtifactInventoryEntry> foreign(List<ArtifactInventoryEntry> inventory) {
        return inventory.stream()
                .filter(entry -> !entry.isArtifact())
                .limit(MAX_FOREIGN)
                .toList();
    }

    /** The name of the stored file; empty, which no file has, when there is none. */
    static String filename(ArtifactInventoryEntry entry) {
        return Objects.requireNonNullElse(entry.filename(), "");
    }
}
