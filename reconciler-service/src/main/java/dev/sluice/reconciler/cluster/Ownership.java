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
 * Whose an ExternalArtifact is. The generator label decides: another living generator's object, or one without our
 * label, is never taken over, overwritten or deleted; what a generator that no longer exists left behind is adopted.
 */
public final class Ownership {

    /** Holds the UID of the generator. */
    public static final String GENERATOR_LABEL = "source.extensions.fluxcd.io/generator";

    private final GeneratorReader generators;

    /** @param generators tell whether another owner is still alive */
    public Ownership(GeneratorReader generators) {
        this.generators = generators;
    }

    /** The UID that goes into the label of what the generator publishes. */
    public static String uidOf(ArtifactGenerator generator) {
        String uid = generator.metadata().getUid();
        if (uid == null) {
            throw new IllegalArgumentException("the generator %s has no UID".formatted(generator.key()));
        }
        return uid;
    }

    /** Whether a generator of any shard made it, as opposed to another controller or a person. */
    public static boolean isGenerated(ExternalArtifact artifact) {
        return generatorUid(artifact).isPresent();
    }

    /** What the label says. */
    public static Optional<String> generatorUid(ExternalArtifact artifact) {
        Map<String, String> labels = artifact.metadata().getLabels();
        return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(GENERATOR_LABEL));
    }

    /**
     * Whether the label is this generator's, in its namespace: whoever may write objects in another one can copy a UID
     * into their labels.
     */
    public static boolean isOwn(ArtifactGenerator generator, ExternalArtifact artifact) {
        return artifact.key().namespace().equals(generator.key().namespace())
                && generatorUid(artifact)
                        .filter(uid -> uid.equals(generator.metadata().getUid()))
                        .isPresent();
    }

    /**
     * Whether the generator stands by what its object offers: it lists just that as published, and nothing keeps it from
     * building it again. Whoever may write objects of its namespace can copy its label into one.
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

    /** Why this generator must leave the object alone; empty when it may write it. */
    public Optional<String> objection(ArtifactGenerator generator, ExternalArtifact current) throws IOException {
        if (isOwn(generator, current) || isOwnWithLabelRemoved(generator, current)) {
            return Optional.empty();
        }
        Optional<String> uid = generatorUid(current);
        if (uid.isEmpty()) {
            return Optional.of("it exists and was not made by an ArtifactGenerator (%s): choose another artifact name,"
                            .formatted(origin(current))
                    + " or delete that object");
        }
        return isAlive(uid.get(), current)
                ? Optional.of("it belongs to another ArtifactGenerator (%s, UID %s): choose another artifact name"
                        .formatted(origin(current), uid.get()))
                : Optional.empty();
    }

    /** An object that does not say whose it is cannot be shown to be nobody's. */
    private boolean isAlive(String uid, ExternalArtifact current) throws IOException {
        var reference = current.spec().sourceRef();
        String namespace = Objects.requireNonNullElse(current.metadata().getNamespace(), "");
        return reference == null || generators.isAlive(uid, new ObjectKey(namespace, reference.name()));
    }

    /** Somebody removed the label by hand; inventory and source reference both say that the object is ours. */
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
