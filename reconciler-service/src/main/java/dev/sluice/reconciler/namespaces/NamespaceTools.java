package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.util.Optional;
import java.util.function.Function;

/** The collaborators of the runs of one process. */
record NamespaceTools(
        NamespaceApplier applier,
        NamespacePruner pruner,
        Function<String, Optional<NamespaceState>> cache,
        AppliedMetadata applied,
        NamespaceMeters meters,
        String fieldManager) {

    NamespaceMetadataPlan metadata(ArtifactGenerator generator, NamespaceRules rules) {
        return new NamespaceMetadataPlan(
                Ownership.uidOf(generator), generator.spec().commonMetadata(), rules.operations());
    }

    /** Remembers how the namespace looks now, for the detection of drift. */
    void remember(ArtifactGenerator generator, DesiredNamespace desired, NamespaceChange change) {
        boolean exists = change.metadata().getUid() != null;
        String digest = exists
                ? new NamespaceState(change.metadata()).appliedBy(fieldManager).digest()
                : "";
        applied.record(Ownership.uidOf(generator), desired.name(), desired.digest(), digest);
    }
}
