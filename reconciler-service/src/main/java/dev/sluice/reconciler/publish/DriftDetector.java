package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decides whether a run must build; returns the first reason that applies. */
public final class DriftDetector {

    private final StoredFileCheck storedFiles;
    private final PublishedCheck published;

    private final NamespaceCheck namespaces;

    /** Checks whether the namespaces of a generator are as it applied them. */
    @FunctionalInterface
    public interface NamespaceCheck {

        /** Returns the first reason to build, if any. */
        Optional<DriftReason> check(ArtifactGenerator generator);
    }

    DriftDetector(StoredFileCheck storedFiles, PublishedCheck published, NamespaceCheck namespaces) {
        this.storedFiles = storedFiles;
        this.published = published;
        this.namespaces = namespaces;
    }

    /** Creates a detector for the stored files, and the ExternalArtifacts and namespaces in the cluster. */
    public static DriftDetector over(
            ArtifactStorage storage,
            VerifiedFiles verified,
            ExternalArtifactReader externalArtifacts,
            ExternalArtifactStore store,
            NamespaceCheck namespaces) {
        return new DriftDetector(
                new InventoryFileCheck(verified),
                new ExternalArtifactCheck(externalArtifacts, store, storage),
                namespaces);
    }

    /**
     * Returns why the generator must be built; empty if nothing has drifted.
     *
     * @param sourcesDigest digest of the current sources
     */
    public Optional<DriftReason> detect(ArtifactGenerator generator, String sourcesDigest) {
        if (Conditions.isFalse(generator.conditions(), ConditionTypes.READY)) {
            return Optional.of(DriftReason.NOT_READY);
        }
        if (!Objects.equals(observedGeneration(generator), generator.metadata().getGeneration())) {
            return Optional.of(DriftReason.GENERATION_CHANGED);
        }
        if (!sourcesDigest.equals(observedDigest(generator))) {
            return Optional.of(DriftReason.SOURCES_CHANGED);
        }
        List<ArtifactInventoryEntry> inventory = generator.publishedArtifacts();
        if (!PathPattern.isIn(generator.spec())
                && inventory.size() != generator.spec().artifacts().size()) {
            return Optional.of(DriftReason.ARTIFACTS_CHANGED);
        }
        return publishedDrift(generator, inventory)
                .or(() -> namespaces.check(generator))
                .or(() -> interrupted(generator));
    }

    /**
     * Checks files and objects. With objects in other namespaces, the objects come first: the inventory may have been
     * edited, and only the objects show which directories are the generator's.
     */
    private Optional<DriftReason> publishedDrift(ArtifactGenerator generator, List<ArtifactInventoryEntry> inventory) {
        boolean crossesNamespaces = inventory.stream()
                .anyMatch(entry -> !generator.key().namespace().equals(entry.namespace()));
        return crossesNamespaces
                ? published.check(generator, inventory).or(() -> storedFiles.check(inventory))
                : storedFiles.check(inventory).or(() -> published.check(generator, inventory));
    }

    /** A crash during a run leaves Ready Unknown; how much of the spec was built is then unknown. */
    private static Optional<DriftReason> interrupted(ArtifactGenerator generator) {
        return Conditions.isUnknown(generator.conditions(), ConditionTypes.READY)
                ? Optional.of(DriftReason.NOT_READY)
                : Optional.empty();
    }

    private static Long observedGeneration(ArtifactGenerator generator) {
        return Conditions.find(generator.conditions(), ConditionTypes.READY)
                .map(ready -> Objects.requireNonNullElse(ready.getObservedGeneration(), 0L))
                .orElse(0L);
    }

    private static String observedDigest(ArtifactGenerator generator) {
        ArtifactGeneratorStatus status = generator.status();
        return status == null ? "" : Objects.requireNonNullElse(status.observedSourcesDigest(), "");
    }
}
