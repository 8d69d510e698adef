package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.controller.publish.Publication;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.publish.ConfirmedVersions.Versions;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the ExternalArtifacts in the cluster with the inventory and the last publication. */
final class ExternalArtifactCheck implements PublishedCheck {

    private static final Pattern CAPTURE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final ExternalArtifactReader externalArtifacts;
    private final ExternalArtifactStore store;
    private final ArtifactStorage storage;
    private final ConfirmedVersions confirmed = new ConfirmedVersions();

    ExternalArtifactCheck(
            ExternalArtifactReader externalArtifacts, ExternalArtifactStore store, ArtifactStorage storage) {
        this.externalArtifacts = externalArtifacts;
        this.store = store;
        this.storage = storage;
    }

    @Override
    public Optional<DriftReason> check(ArtifactGenerator generator, List<ArtifactInventoryEntry> inventory) {
        List<ExternalArtifact> present;
        try {
            present = externalArtifacts.generatedBy(Ownership.uidOf(generator));
        } catch (IOException unknown) {
            return Optional.of(DriftReason.EXTERNAL_ARTIFACTS_NOT_FOUND);
        }
        Optional<Versions> versions = Versions.of(generator, inventory, present);
        if (versions.filter(now -> confirmed.contains(generator, now)).isPresent()) {
            return Optional.empty();
        }
        if (!isAsPublished(generator, present, inventory)) {
            return Optional.of(DriftReason.EXTERNAL_ARTIFACTS_CHANGED);
        }
        versions.ifPresent(now -> confirmed.add(generator, now));
        return Optional.empty();
    }

    private boolean isAsPublished(
            ArtifactGenerator generator, List<ExternalArtifact> present, List<ArtifactInventoryEntry> inventory) {
        Map<ObjectKey, ArtifactInventoryEntry> expected = new HashMap<>();
        inventory.forEach(entry -> entry.artifactKey().ifPresent(key -> expected.put(key, entry)));
        // in other namespaces anybody can copy the label: what the inventory lacks is not the generator's
        List<ExternalArtifact> own = present.stream()
                .filter(artifact ->
                        artifact.key().namespace().equals(generator.key().namespace())
                                || expected.containsKey(artifact.key()))
                .toList();
        return own.size() == expected.size()
                && own.stream().allMatch(artifact -> isAsPublished(generator, artifact, expected));
    }

    private boolean isAsPublished(
            ArtifactGenerator generator, ExternalArtifact present, Map<ObjectKey, ArtifactInventoryEntry> expected) {
        ArtifactInventoryEntry entry = expected.get(present.key());
        Artifact artifact = present.artifact().orElse(null);
        if (entry == null || artifact == null || !entry.digest().equals(artifact.digest())) {
            return false;
        }
        return store.lastPublished(present.key())
                .or(() -> ExpectedInputs.of(generator, present)
                        .map(inputs -> afterRestart(generator, entry, present, artifact, inputs)))
                .filter(wanted -> store.isPublished(wanted, present))
                .isPresent();
    }

    /**
     * The expected publication after a restart, derived without a build: path and URL follow from the inventory,
     * captures, revision and inputs are taken from the object. Field ownership shows whether those were edited, and an
     * annotation whether the inputs were.
     */
    private Publication afterRestart(
            ArtifactGenerator generator,
            ArtifactInventoryEntry entry,
            ExternalArtifact present,
            Artifact artifact,
            ExportedInputs inputs) {
        Artifact stored = storage.newArtifact(
                ExternalArtifactPaths.KIND,
                present.key().namespace(),
                present.key().name(),
                artifact.revision(),
                entry.filenameOrEmpty());
        Artifact expected = new Artifact(
                stored.path(),
                stored.url(),
                artifact.revision(),
                entry.digest(),
                artifact.lastUpdateTime(),
                artifact.size(),
                artifact.metadata());
        return PublicationPlan.of(generator, present.key(), captures(generator, present), expected, inputs);
    }

    private static Map<String, String> captures(ArtifactGenerator generator, ExternalArtifact present) {
        Map<String, String> captures = new HashMap<>();
        Map<String, String> labels =
                Objects.requireNonNullElse(present.metadata().getLabels(), Map.of());
        Matcher names =
                CAPTURE.matcher(Objects.requireNonNullElse(generator.spec().pathPattern(), ""));
        while (names.find()) {
            captures.put(names.group(1), labels.getOrDefault(names.group(1), ""));
        }
        return captures;
    }
}
