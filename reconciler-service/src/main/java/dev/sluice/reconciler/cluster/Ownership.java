package dev.sluice.reconciler.cluster;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Determines the owner of an ExternalArtifact by the generator label. An object of another existing generator that needs
 * it, or without the label, is never adopted, overwritten or deleted. An object of a deleted generator is adopted.
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

    /** The generator UID in the label; empty if the label is absent or has no value. */
    public static Optional<String> generatorUid(ExternalArtifact artifact) {
        Map<String, String> labels = artifact.metadata().getLabels();
        return labels == null
                ? Optional.empty()
                : Optional.ofNullable(labels.get(GENERATOR_LABEL)).filter(uid -> !uid.isEmpty());
    }

    /**
     * Whether the object has this generator's label, and is in its namespace or in its inventory. The label alone proves
     * nothing in another namespace, because a user with access to that namespace can copy it.
     */
    public static boolean isOwn(ArtifactGenerator generator, ExternalArtifact artifact) {
        return hasLabelOf(generator, artifact)
                && (!isForeign(generator, artifact) || isListed(generator, artifact.key()));
    }

    /** Whether the object has this generator's label. */
    public static boolean hasLabelOf(ArtifactGenerator generator, ExternalArtifact artifact) {
        return generatorUid(artifact)
                .filter(uid -> uid.equals(generator.metadata().getUid()))
                .isPresent();
    }

    /** Whether the object has the label and the source reference that this generator's publications have. */
    public static boolean isPublicationOf(ArtifactGenerator generator, ExternalArtifact artifact) {
        return hasLabelOf(generator, artifact)
                && sourceGenerator(artifact).filter(generator.key()::equals).isPresent();
    }

    private static boolean isListed(ArtifactGenerator generator, ObjectKey artifact) {
        var status = generator.status();
        return status != null
                && status.inventory().stream()
                        .flatMap(entry -> entry.artifactKey().stream())
                        .anyMatch(artifact::equals);
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
                        .anyMatch(entry -> entry.digest().equals(digest)
                                && entry.artifactKey()
                                        .filter(object.key()::equals)
                                        .isPresent());
    }

    /**
     * Decides whether this generator, which needs the object, may write it: its own one, that of a deleted generator, or
     * that of a generator that is being deleted or no longer needs it.
     *
     * @param current the object as it is now in the API server
     */
    public Claim claim(ArtifactGenerator generator, ExternalArtifact current) throws IOException {
        if (hasLabelOf(generator, current) || isOwnWithLabelRemoved(generator, current)) {
            return Claim.OWN;
        }
        Optional<String> uid = generatorUid(current);
        if (uid.isEmpty()) {
            return Claim.refused(unlabelled(generator, current));
        }
        Optional<ObjectKey> owner = owner(uid.get(), current);
        if (owner.isEmpty()) {
            return Claim.refused(taken(generator, current, uid.get()));
        }
        try {
            return claimFrom(owner.get(), uid.get(), generator, current);
        } catch (IOException e) {
            // the error names the owner, which only the tenant of the object's namespace may know
            throw isForeign(generator, current) ? new IOException("cannot read the generator that owns it", e) : e;
        }
    }

    private Claim claimFrom(ObjectKey owner, String uid, ArtifactGenerator generator, ExternalArtifact current)
            throws IOException {
        Optional<ArtifactGenerator> living = generators
                .read(owner)
                .filter(found -> uid.equals(found.metadata().getUid()));
        if (living.isEmpty()) {
            return generators.isAlive(uid, owner) ? Claim.refused(taken(generator, current, uid)) : Claim.ADOPTION;
        }
        return GeneratorNeeds.mayNeed(living.get(), current.key())
                ? Claim.refused(taken(generator, current, uid))
                : Claim.handover(owner.toString());
    }

    /**
     * The generator that the object names. Empty if the object has no source reference and no cached generator has the
     * UID: nothing then proves that the owner is gone.
     */
    private Optional<ObjectKey> owner(String uid, ExternalArtifact current) {
        return generators.withUid(uid).map(ArtifactGenerator::key).or(() -> sourceGenerator(current));
    }

    /** Namespace and name in the source reference. */
    private static Optional<ObjectKey> sourceGenerator(ExternalArtifact artifact) {
        var reference = artifact.spec().sourceRef();
        if (reference == null || reference.name().isEmpty()) {
            return Optional.empty();
        }
        String namespace = reference.namespace();
        return Optional.of(new ObjectKey(
                namespace == null || namespace.isEmpty() ? artifact.key().namespace() : namespace, reference.name()));
    }

    /**
     * Whether somebody removed the label although inventory and source reference show that the object is this
     * generator's.
     */
    private static boolean isOwnWithLabelRemoved(ArtifactGenerator generator, ExternalArtifact current) {
        var reference = current.spec().sourceRef();
        return generatorUid(current).isEmpty()
                && reference != null
                && "ArtifactGenerator".equals(reference.kind())
                && sourceGenerator(current).filter(generator.key()::equals).isPresent()
                && isListed(generator, current.key());
    }

    private static String unlabelled(ArtifactGenerator generator, ExternalArtifact current) {
        return isForeign(generator, current)
                ? "it exists and was not created by an ArtifactGenerator; choose another artifact name"
                : "it exists and was not created by an ArtifactGenerator (%s); choose another artifact"
                                .formatted(origin(current))
                        + " name, or delete the object";
    }

    /** Names the owner only to the tenant of the object's namespace, who can read the object. */
    private static String taken(ArtifactGenerator generator, ExternalArtifact current, String uid) {
        return isForeign(generator, current)
                ? "it belongs to another ArtifactGenerator; choose another artifact name"
                : "it belongs to another ArtifactGenerator (%s, UID %s); choose another artifact name"
                        .formatted(origin(current), uid);
    }

    private static boolean isForeign(ArtifactGenerator generator, ExternalArtifact artifact) {
        return !artifact.key().namespace().equals(generator.key().namespace());
    }

    private static String origin(ExternalArtifact artifact) {
        var reference = artifact.spec().sourceRef();
        return reference == null
                ? "without a source reference"
                : "source %s/%s".formatted(reference.kind(), reference.name());
    }
}
