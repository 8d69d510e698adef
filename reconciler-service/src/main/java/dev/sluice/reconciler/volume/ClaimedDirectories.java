package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The directories of the volume that ExternalArtifacts of the cluster use. A directory in doubt counts as used. */
final class ClaimedDirectories {

    private final ExternalArtifactLister published;
    private final Set<String> addresses;
    private final Set<ObjectKey> claimed = new HashSet<>();
    private final Set<ObjectKey> known = new HashSet<>();

    /** @param addresses addresses under which the volume is served */
    ClaimedDirectories(ExternalArtifactLister published, Set<String> addresses) {
        this.published = published;
        this.addresses = addresses;
    }

    /** Claims the directory of the object's own name and the directory that its artifact is in. */
    void add(ExternalArtifact object) {
        Optional<Artifact> artifact = object.artifact();
        Set<ObjectKey> directories = new HashSet<>(Set.of(object.key()));
        artifact.flatMap(ArtifactDirectories::of).ifPresent(directories::add);
        known.addAll(directories);
        if (artifact.filter(offered -> isElsewhere(object, offered)).isEmpty()) {
            claimed.addAll(directories);
        }
    }

    boolean holds(ObjectKey directory) {
        return claimed.contains(directory);
    }

    /** Whether the directory belongs to an object of the cluster, whether it is served from this volume or another. */
    boolean knows(ObjectKey directory) {
        return known.contains(directory);
    }

    /**
     * Whether the object's artifact is served from another volume. Only artifacts of other shards' generators can be:
     * this shard's generators publish here at the latest in their next run, and where other controllers serve their
     * files is unknown.
     */
    private boolean isElsewhere(ExternalArtifact object, Artifact artifact) {
        String address = VolumeAddresses.authority(artifact.url());
        return !address.isEmpty()
                && !addresses.contains(address)
                && !VolumeAddresses.isTooMany(addresses)
                && Ownership.isGenerated(object)
                && published.ownGenerator(object).isEmpty();
    }
}
