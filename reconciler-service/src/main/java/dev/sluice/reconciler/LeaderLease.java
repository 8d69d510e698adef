package dev.sluice.reconciler;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.controller.leader.LeaseOptions;
import dev.sluice.reconciler.generator.GeneratorController;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * The Lease of this controller. It is the reference controller's, so that the two exclude each other during a
 * migration.
 */
final class LeaderLease {

    private static final int SHARD_HASH_LENGTH = 8;

    private LeaderLease() {}

    static LeaseOptions of(ReconcilerSettings settings, Map<String, String> environment, Path serviceAccount)
            throws IOException {
        LeaseOptions options = new LeaseOptions(
                new ObjectKey(namespace(environment, serviceAccount), name(settings.watchLabelSelector())),
                environment.getOrDefault("HOSTNAME", "localhost") + "_" + UUID.randomUUID(),
                settings.leaderElectionLeaseDuration(),
                settings.leaderElectionRenewDeadline(),
                settings.leaderElectionRetryPeriod());
        return settings.leaderElectionReleaseOnCancel() ? options : options.withoutRelease();
    }

    /** The name of the Lease; each shard has its own, with a hash of its selector. */
    static String name(String labelSelector) {
        String name = GeneratorController.NAME + "-leader-election";
        if (labelSelector.isEmpty()) {
            return name;
        }
        Digest hash = Digest.ofBytes(DigestAlgorithm.SHA256, labelSelector.getBytes(StandardCharsets.UTF_8));
        return name + "-" + hash.hex().substring(0, SHARD_HASH_LENGTH);
    }

    /** The pod's namespace; outside of a cluster, the one in the environment, or {@code default}. */
    static String namespace(Map<String, String> environment, Path serviceAccount) throws IOException {
        String named = environment.getOrDefault(WatchedNamespace.ENVIRONMENT, "");
        if (!named.isEmpty()) {
            return named;
        }
        Path file = serviceAccount.resolve("namespace");
        return Files.isRegularFile(file) ? Files.readString(file).strip() : "default";
    }
}
