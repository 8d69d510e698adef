package dev.sluice.reconciler.namespaces;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.util.List;
import java.util.Optional;

/**
 * What a run did with the namespaces of a generator. Failures of namespaces are failures of their artifacts.
 *
 * @param managed the inventory of the namespaces that the generator wants, in the order of their use
 * @param left the inventory of those that could not be deleted
 * @param changes what happened to the wanted ones
 * @param announced entries of {@code managed} that are new, or whose metadata is
 * @param pruned what happened to the others
 * @param objection why none was deleted; empty if they were, or could be
 */
public record NamespaceResults(
        List<ArtifactInventoryEntry> managed,
        List<ArtifactInventoryEntry> left,
        List<NamespaceChange> changes,
        List<ArtifactInventoryEntry> announced,
        List<PruneResult> pruned,
        Optional<String> objection) {

    /** The generator has no namespaces. */
    public static final NamespaceResults NONE =
            new NamespaceResults(List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty());

    public NamespaceResults {
        managed = List.copyOf(managed);
        left = List.copyOf(left);
        changes = List.copyOf(changes);
        announced = List.copyOf(announced);
        pruned = List.copyOf(pruned);
    }

    /** Returns these results without the namespaces that others use, which do not delay a deletion. */
    public NamespaceResults withoutThoseInUse() {
        List<PruneResult> others = pruned.stream()
                .filter(result -> result.kind() != PruneResult.Kind.IN_USE)
                .toList();
        return new NamespaceResults(managed, left, changes, announced, others, objection);
    }
}
