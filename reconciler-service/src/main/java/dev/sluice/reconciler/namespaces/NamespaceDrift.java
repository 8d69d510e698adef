package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares the namespaces in a cache with the inventory of their generator: the digest of what the generator applied, as
 * the namespace has it now, must be that of the inventory. Sources and spec are compared before.
 */
public final class NamespaceDrift {

    private final Function<String, Optional<NamespaceState>> cache;
    private final AppliedMetadata applied;
    private final String fieldManager;

    NamespaceDrift(Function<String, Optional<NamespaceState>> cache, AppliedMetadata applied, String fieldManager) {
        this.cache = cache;
        this.applied = applied;
        this.fieldManager = fieldManager;
    }

    /** What differs. */
    public enum Difference {
        NOT_FOUND,
        CHANGED
    }

    /** Returns the first difference; empty if there is none, or the generator does not manage namespaces. */
    public Optional<Difference> check(ArtifactGenerator generator) {
        if (generator.spec().managedNamespaces() == null) {
            return Optional.empty();
        }
        return ManagedInventory.of(generator).stream()
                .flatMap(entry -> check(generator, entry).stream())
                .findFirst();
    }

    private Optional<Difference> check(ArtifactGenerator generator, ArtifactInventoryEntry entry) {
        Optional<NamespaceState> current = cache.apply(entry.name());
        if (current.isEmpty() || current.get().isTerminating()) {
            return isExpected(generator, entry, "") ? Optional.empty() : Optional.of(Difference.NOT_FOUND);
        }
        NamespaceControls controls = current.get().controls();
        if (controls.isExcluded() || controls.isIfNotPresent()) {
            return Optional.empty();
        }
        String digest = current.get().appliedBy(fieldManager).digest();
        return isExpected(generator, entry, digest) ? Optional.empty() : Optional.of(Difference.CHANGED);
    }

    private boolean isExpected(ArtifactGenerator generator, ArtifactInventoryEntry entry, String digest) {
        return applied.isExpected(Ownership.uidOf(generator), entry.name(), entry.digest(), digest);
    }
}
