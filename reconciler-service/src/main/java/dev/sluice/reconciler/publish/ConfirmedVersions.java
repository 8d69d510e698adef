package dev.sluice.reconciler.publish;

import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.ArrayList;
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

    /** No two objects, and no two states of one, have the same resource version. */
    record Versions(String generator, List<ArtifactInventoryEntry> inventory, List<String> objects) {

        /** Returns the versions; empty if one is unknown. */
        static Optional<Versions> of(
                ArtifactGenerator generator, List<ArtifactInventoryEntry> inventory, List<ExternalArtifact> objects) {
            List<String> versions = new ArrayList<>(objects.size());
            for (ExternalArtifact object : objects) {
                String version = object.metadata().getResourceVersion();
                if (version == null) {
                    return Optional.empty();
                }
                versions.add(version);
            }
            return Optional.ofNullable(generator.metadata().getResourceVersion())
                    .map(own -> new Versions(own, inventory, versions));
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
