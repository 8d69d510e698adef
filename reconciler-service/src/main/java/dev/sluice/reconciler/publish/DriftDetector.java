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

/** Decides whether a run must build; the first reason counts. */
public final class DriftDetector {

    private final StoredFileCheck storedFiles;
    private final PublishedCheck published;

    DriftDetector(StoredFileCheck storedFiles, PublishedCheck published) {
        this.storedFiles = storedFiles;
        this.published = published;
    }

    /** Over the stored files and the ExternalArtifacts of the cluster. */
    public static DriftDetector over(
            ArtifactStorage storage,
            VerifiedFiles verified,
            ExternalArtifactReader externalArtifacts,
            ExternalArtifactStore release) {
        return new DriftDetector(
                new InventoryFileCheck(verified), new ExternalArtifactCheck(externalArtifacts, release, storage));
    }

    /**
     * Empty when everything is as it was left.
     *
     * @param sourcesDigest of the sources as they are now
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
        return storedFiles
                .check(inventory)
                .or(() -> published.check(generator, inventory))
                .or(() -> cutOff(generator));
    }

    /** A crash in the middle of a run leaves Ready Unknown: nobody knows how much of the spec has been built. */
    private static Optional<DriftReason> cutOff(ArtifactGenerator generator) {
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
