package dev.sluice.reconciler;

import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.fetch.AllowedUrls;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchLimits;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.MinimumRate;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.publish.VolumeReserve;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceCacheLimits;
import dev.sluice.reconciler.source.SourceFetching;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.runtime.StartFailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The volume, the budget and the source cache. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    /** Fetches per worker; a fetch mostly waits for the network. */
    private static final int FETCHES_PER_WORKER = 2;

    private static final int MIN_FETCHES = 8;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ArtifactStorage artifactStorage(ReconcilerSettings settings, LeaderGate gate, Clock clock) {
        Map<String, String> addresses = Map.of(
                StorageConfig.STORAGE_PATH, settings.storagePath().toString(),
                StorageConfig.STORAGE_ADDRESS, settings.storageAddr(),
                StorageConfig.STORAGE_ADVERTISED_ADDRESS, settings.storageAdvAddr());
        String advertised = StorageConfig.resolve(name -> Optional.ofNullable(addresses.get(name)), System.getenv())
                .options()
                .advertisedAddress();
        StorageOptions options = new StorageOptions(
                settings.storagePath(),
                advertised,
                settings.artifactRetentionTtl(),
                settings.artifactRetentionRecords(),
                DigestAlgorithm.parse(settings.artifactDigestAlgo()),
                settings.storageGroupReadable());
        return new ArtifactStorage(options, clock, gate::requireLead);
    }

    @Bean
    VerifiedFiles verifiedFiles(ArtifactStorage storage, Clock clock) {
        return new VerifiedFiles(storage, clock);
    }

    @Bean
    VolumeReserve volumeReserve(ReconcilerSettings settings, Clock clock) {
        return new VolumeReserve(
                settings.storagePath(), new StoredDirectories(settings.storagePath(), clock), settings.volumeReserve());
    }

    @Bean(destroyMethod = "close")
    ScratchDirectory scratch() throws IOException {
        return ScratchDirectory.open(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Bean
    Path scratchDirectory(ScratchDirectory scratch) {
        return scratch.path();
    }

    @Bean(destroyMethod = "close")
    SourceCache sourceCache(
            ReconcilerSettings settings, FetchAccess access, Path scratchDirectory, Stages stages, ProcessBudget budget)
            throws IOException {
        return SourceCache.open(
                scratchDirectory.resolve("sources"),
                cacheLimits(settings),
                new SourceFetching(
                        new ArtifactFetcher(fetchOptions(settings).withAccess(access)),
                        retryPolicy(settings),
                        settings.maxRetryDelay(),
                        settings.reconciliationTimeout(),
                        Math.max(MIN_FETCHES, FETCHES_PER_WORKER * settings.concurrent()),
                        stages),
                budget,
                Ticker.system());
    }

    static FetchOptions fetchOptions(ReconcilerSettings settings) {
        return FetchOptions.fromEnvironment(System.getenv())
                .withLimits(FetchLimits.none()
                        .withMinimumRate(MinimumRate.of(settings.sourceMinRate()))
                        .withAllowedUrls(allowedUrls(settings)));
    }

    private static AllowedUrls allowedUrls(ReconcilerSettings settings) {
        try {
            return AllowedUrls.parse(settings.sourceUrlPrefixes());
        } catch (IllegalArgumentException e) {
            throw new StartFailureException("--source-url-prefixes: " + e.getMessage(), e);
        }
    }

    @Bean
    ProcessBudget processBudget(ReconcilerSettings settings) {
        return new ProcessBudget(budgetLimits(settings));
    }

    static BudgetLimits budgetLimits(ReconcilerSettings settings) {
        long heap = settings.heapBudget() == 0
                ? BudgetLimits.defaultHeapBytes(Runtime.getRuntime().maxMemory())
                : settings.heapBudget();
        return new BudgetLimits(
                settings.sourceMaxDownloadBytes(),
                settings.sourceMaxUnpackedBytes(),
                settings.sourceMaxEntries(),
                settings.runMaxCopiedEntries(),
                settings.generatorMaxArtifacts(),
                settings.runMaxOutputBytes(),
                settings.mergeMaxYamlBytes(),
                heap,
                settings.diskBudget());
    }

    static SourceCacheLimits cacheLimits(ReconcilerSettings settings) {
        return new SourceCacheLimits(settings.sourceCacheSize());
    }

    static RetryPolicy retryPolicy(ReconcilerSettings settings) {
        return RetryPolicy.FLUX.withRetries(settings.httpRetry());
    }
}
