package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.Immutable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is to do with namespaces.
 *
 * @param rules empty if the generator does not manage namespaces
 * @param wanted the first artifact of each namespace, in the order of the plan
 * @param refused wanted namespaces that must not be touched
 * @param recorded the inventory entries of wanted namespaces, including those that this run has added
 * @param obsolete the names in the inventory that are not wanted
 * @param objection why no obsolete namespace is deleted; empty if they are
 */
record NamespacePlan(
        Optional<NamespaceRules> rules,
        Map<String, PlannedArtifact> wanted,
        Map<String, NamespaceFailure> refused,
        Map<String, ArtifactInventoryEntry> recorded,
        List<String> obsolete,
        Optional<String> objection) {

    NamespacePlan {
        wanted = Immutable.map(wanted);
        refused = Map.copyOf(refused);
        recorded = Map.copyOf(recorded);
        obsolete = List.copyOf(obsolete);
    }

    /** Whether obsolete namespaces are deleted, and not only released. */
    boolean prunes() {
        return rules.filter(NamespaceRules::prune).isPresent();
    }
}
