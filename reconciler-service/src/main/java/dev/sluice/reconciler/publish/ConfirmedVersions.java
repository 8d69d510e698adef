package dev.sluice.reconciler.publish;

import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resource versions of generators and their objects that were found as published. The result stays the same until
 * one of them changes, so that hourly runs need not compare all fields again. Thread-safe.
 */
final class ConfirmedVersions {

    private static final int CAPACITY = 50_000;

    private final Map<String, Versions> confirmed = new LruMap<>(CAPACITY);

    /**
     * No two objects, and no two states of one, have the same resource version.
     *
     * @param digest of all versions and the inventory: entries outlive their generators, so a tenant must not determine
     *     their size
     */
    record Versions(String digest) {

        /** Returns the versions; empty if one is unknown. */
        static Optional<Versions> of(
                ArtifactGenerator generator, List<ArtifactInventoryEntry> inventory, List<ExternalArtifact> objects) {
            String own = generator.metadata().getResourceVersion();
            if (own == null) {
                return Optional.empty();
            }
            StringBuilder all = new StringBuilder(own);
            for (ExternalArtifact object : objects) {
                String version = object.metadata().getResourceVersion();
                if (version == null) {
                    return Optional.empty();
                }
                all.append(' ').append(version);
            }
            all.append('\n').append(inventory);
            byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
            return Optional.of(
                    new Versions(Digest.ofBytes(DigestAlgorithm.SHA256, bytes).toString()));
        }
    }

    /** Whether these versions were the last ones that were confirmed for the generator. */
    boolean contains(ArtifactGenerator generator, Versions versions) {
        synchronized (confirmed) {
            return versions.equals(confirmed.get(Ownership.uidOf(generator)));
        }
    }

    void add(ArtifactGenerator generator, Versions versions) {
        synchronized (confirmed) {
            confirmed.put(Ownership.uidOf(generator), versions);
        }
    }
}
