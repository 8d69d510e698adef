package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which directories of the volume are in use, by the ExternalArtifacts of the cluster. When in doubt, one is. */
final class Claims {

    private final PublishedArtifacts published;
    private final Set<String> addresses;
    private final Set<ObjectKey> claimed = new HashSet<>();

    /** @param addresses under which the volume is offered */
    Claims(PublishedArtifacts published, Set<String> addresses) {
        this.published = published;
        this.addresses = addresses;
    }

    /** An object keeps the directory of its own name, and the one that its artifact is in. */
    void add(ExternalArtifact object) {
        Optional<Artifact> artifact = object.artifact();
        if (artifact.filter(offered -> isElsewhere(object, offered)).isEmpty()) {
            claimed.add(object.key());
            artifact.flatMap(ArtifactDirectories::of).ifPresent(claimed::add);
        }
    }

    boolean holds(ObjectKey directory) {
        return claimed.contains(directory);
    }

    /**
     * A generator of this shard publishes here at its next run if it does not do so now; only what belongs to others may
     * be said to be elsewhere for good.
     */
    private boolean isElsewhere(ExternalArtifact object, Artifact artifact) {
        String address = VolumeAddresses.authority(artifact.url());
        return !address.isEmpty()
                && !addresses.contains(address)
                && published.ownGenerator(object).isEmpty();
    }
}
