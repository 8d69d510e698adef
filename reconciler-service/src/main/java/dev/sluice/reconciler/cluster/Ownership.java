package dev.sluice.reconciler.cluster;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Determines the owner of an ExternalArtifact by the generator label. An object of another existing generator, or
 * without the label, is never adopted, overwritten or deleted. An object of a deleted generator is adopted.
 */
public final class Ownership {

    /** Contains the UID of the generator. */
    public static final String GENERATOR_LABEL = "source.extensions.fluxcd.io/generator";

    private final GeneratorReader generators;

    /** @param generators used to check whether another owner still exists */
    public Ownership(GeneratorReader generators) {
        this.generators = generators;
    }

    /** The UID for the label of published objects. */
    public static String uidOf(ArtifactGenerator generator) {
        String uid = generator.metadata().getUid();
        if (uid == null) {
            throw new IllegalArgumentException("generator %s has no UID".formatted(generator.key()));
        }
        return uid;
    }

    /** Whether a generator of any shard created the object, as opposed to another controller or a user. */
    public static boolean isGenerated(ExternalArtifact artifact) {
        return generatorUid(artifact).isPresent();
    }

    /** The generator UID in the label. */
    public static Optional<String> generatorUid(ExternalArtifact artifact) {
        Map<String, String> labels = artifact.metadata().getLabels();
        return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(GENERATOR_LABEL));
    }

    /**
     * Whether the object has this generator's label and is in its namespace. The namespace matters, because a user with
     * access to another namespace can copy the label.
     */
    public static boolean isOwn(ArtifactGenerator generator, ExternalArtifact artifact) {
        return artifact.key().namespace().equals(generator.key().namespace())
                && generatorUid(artifact)
                        .filter(uid -> uid.equals(generator.metadata().getUid()))
                        .isPresent();
    }

    /**
     * Whether the generator stands behind the object's artifact: it lists the artifact in its inventory and can rebuild
     * it. The label alone proves nothing, because a user with access to the namespace can copy it.
     */
    public static boolean isClaimed(ArtifactGenerator generator, ExternalArtifact artifact) {
        return artifact.metadata().getDeletionTimestamp() == null
                && generator.metadata().getDeletionTimestamp() == null
                && !GeneratorAnnotations.isDisabled(generator)
                && isOwn(generator, artifact)
                && isInInventory(generator, artifact);
    }

    private static boolean isInInventory(ArtifactGenerator generator, ExternalArtifact object) {
        var status = generator.status();
        String digest = object.artifact().map(Artifact::digest).orElse("");
        return status != null
                && status.inventory().stream()
                        .anyMatch(entry -> entry.isArtifact()
                                && entry.name().equals(object.key().name())
                                && object.key().namespace().equals(entry.namespace())
                                && entry.digest().equals(digest));
    }

    /** Why this generator must not write the object; empty if it may. */
    public Optional<String> objection(ArtifactGenerator generator, ExternalArtifact current) throws IOException {
        if (isOwn(generator, current) || isOwnWithLabelRemoved(generator, current)) {
            return Optional.empty();
        }
        Optional<String> uid = generatorUid(current);
        if (uid.isEmpty()) {
            return Optional.of("it exists and was not created by an ArtifactGenerator (%s); choose another artifact"
                            .formatted(origin(current))
                    + " name, or delete the object");
        }
        return isAlive(uid.get(), current)
                ? Optional.of("it belongs to another ArtifactGenerator (%s, UID %s); choose another artifact name"
                        .formatted(origin(current), uid.get()))
                : Optional.empty();
    }

    /** An object without a source reference counts as owned, because nothing proves that its owner is gone. */
    private boolean isAlive(String uid, ExternalArtifact current) throws IOException {
        var reference = current.spec().sourceRef();
        String namespace = Objects.requireNonNullElse(current.metadata().getNamespace(), "");
        return reference == null || generators.isAlive(uid, new ObjectKey(namespace, reference.name()));
    }

    /**
     * Whether somebody removed the label although inventory and source reference show that the object is this
     * generator's.
     */
    private static boolean isOwnWithLabelRemoved(ArtifactGenerator generator, ExternalArtifact current) {
        var reference = current.spec().sourceRef();
        var status = generator.status();
        return generatorUid(current).isEmpty()
                && reference != null
                && "ArtifactGenerator".equals(reference.kind())
                && generator.key().name().equals(reference.name())
                && status != null
                && status.inventory().stream()
                        .anyMatch(entry -> entry.name().equals(current.key().name())
                                && entry.isArtifact()
                                && current.key().namespace().equals(entry.namespace()));
    }

    private static String origin(ExternalArtifact artifact) {
        var reference = artifact.spec().sourceRef();
        return reference == null
                ? "without a source reference"
                : "source %s/%s".formatted(reference.kind(), reference.name());
    }
}
