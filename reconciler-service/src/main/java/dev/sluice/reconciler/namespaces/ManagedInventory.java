package dev.sluice.reconciler.namespaces;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.KubernetesNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The namespaces in the inventory of a generator. */
public final class ManagedInventory {

    private ManagedInventory() {}

    /** The entry of a namespace that a run is about to apply. */
    static ArtifactInventoryEntry unapplied(String name) {
        return ArtifactInventoryEntry.namespace(name, DesiredNamespace.digest(Map.of(), Map.of()));
    }

    /** Returns the entries of namespaces, without duplicates and invalid names, which others may have written. */
    public static List<ArtifactInventoryEntry> of(ArtifactGenerator generator) {
        ArtifactGeneratorStatus status = generator.status();
        Map<String, ArtifactInventoryEntry> entries = new LinkedHashMap<>();
        if (status != null) {
            status.inventory().stream()
                    .filter(ArtifactInventoryEntry::isNamespace)
                    .filter(entry -> KubernetesNames.isSubdomain(entry.name()))
                    .forEach(entry -> entries.putIfAbsent(entry.name(), entry));
        }
        return List.copyOf(entries.values());
    }
}
