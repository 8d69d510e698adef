package dev.sluice.reconciler;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The values of the {@link ReconcilerFlags}; each flag is the Spring property {@code sluice.<flag>}. */
@ConfigurationProperties("sluice")
record ReconcilerSettings(
        int concurrent,
        Duration reconciliationTimeout,
        Duration requeueDependency,
        Duration minRetryDelay,
        Duration maxRetryDelay,
        int intervalJitterPercentage,
        boolean noCrossNamespaceRefs,
        String defaultServiceAccount,
        String featureGates,
        int httpRetry,
        long sourceCacheSize,
        int sourceMaxEntries,
        long sourceMaxDownloadBytes,
        long sourceMaxUnpackedBytes,
        long sourceMinRate,
        String sourceUrlPrefixes,
        int volumeReserve,
        int generatorMaxArtifacts,
        long runMaxCopiedEntries,
        long runMaxOutputBytes,
        long mergeMaxYamlBytes,
        long heapBudget,
        long diskBudget,
        Path storagePath,
        String storageAddr,
        String storageAdvAddr,
        boolean storageGroupReadable,
        Duration artifactRetentionTtl,
        int artifactRetentionRecords,
        String artifactDigestAlgo,
        boolean verifyServed,
        String kubeconfig,
        double kubeApiQps,
        int kubeApiBurst,
        long objectCacheBudget,
        boolean watchAllNamespaces,
        String watchLabelSelector,
        String watchConfigsLabelSelector,
        boolean enableLeaderElection,
        boolean leaderElectionReleaseOnCancel,
        Duration leaderElectionLeaseDuration,
        Duration leaderElectionRenewDeadline,
        Duration leaderElectionRetryPeriod,
        String eventsAddr) {}
