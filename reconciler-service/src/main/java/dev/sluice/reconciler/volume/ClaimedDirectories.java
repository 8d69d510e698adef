package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which directories of the volume are in use, by the ExternalArtifacts of the cluster. When in doubt, one is. */
final class ClaimedDirectories {

    private final ExternalArtifactLister published;
    private final Set<String> addresses;
    private final Set<ObjectKey> claimed = new HashSet<>();
    private final Set<ObjectKey> known = new HashSet<>();

    /** @param addresses under which the volume is offered */
    ClaimedDirectories(ExternalArtifactLister published, Set<String> addresses) {
        this.published = published;
        this.addresses = addresses;
    }

    /** An object keeps the directory of its own name, and the one that its artifact is in. */
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

    /** Whether the directory belongs to an object of the cluster, be it offered here or elsewhere. */
    boolean knows(ObjectKey directory) {
        return known.contains(directory);
    }

    /**
     * A generator of this shard publishes here at its next run if it does not do so now, and how other controllers offer
     * their files is not known; only what generators of other shards made may be said to be elsewhere for good.
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
