package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.Optional;

/** Tells the ExternalArtifacts of this shard's generators from all others. */
public final class OwnGenerators {

    private OwnGenerators() {}

    /** Whether a generator of any shard made it, as opposed to another controller or a person. */
    public static boolean isGenerated(ExternalArtifact artifact) {
        return Ownership.generatorUid(artifact).isPresent();
    }

    /** The generator in the cache whose UID the object's label has; empty for other shards' and controllers'. */
    public static Optional<ObjectKey> of(GeneratorInformers informers, ExternalArtifact artifact) {
        return Ownership.generatorUid(artifact)
                .flatMap(uid -> informers.generators().getIndexer().byIndex(CachedGenerators.BY_UID, uid).stream()
                        .findFirst())
                .map(ArtifactGenerator::key);
    }
}
