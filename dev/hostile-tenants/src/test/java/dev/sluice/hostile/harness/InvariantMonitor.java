package dev.sluice.hostile.harness;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Checks the victim's artifacts, the probes, memory and temporary files during an attack, and records violations. */
final class InvariantMonitor implements AutoCloseable {

    private static final Duration DOWNLOAD_PERIOD = Duration.ofMillis(200);

    /** Less often, because a file that was deleted early remains missing. */
    private static final Duration SUPERSEDED_PERIOD = Duration.ofSeconds(2);

    private static final Duration PROBE_PERIOD = Duration.ofMillis(500);

    /** A consumer may download some time after it read the object; --artifact-retention-ttl defaults to one minute. */
    private static final Duration SUPERSEDED_SERVED = Duration.ofSeconds(40);

    /** Sorted last: missing superseded files can be many, and must not displace other violations from the report. */
    private static final String SUPERSEDED = "a superseded file of the victim";

    /** The kubelet's threshold: on a busy machine, a single response may be late. */
    private static final int FAILURE_THRESHOLD = 3;

    private static final int MAX_SUPERSEDED = 10;
    private static final int MAX_REPORTED = 8;

    private final Services services;
    private final Victim victim;
    private final Map<String, Instant> violations = new ConcurrentHashMap<>();
    private final Map<String, Long> lastSeenCurrent = new ConcurrentHashMap<>();
    private final Map<String, Integer> missedProbes = new ConcurrentHashMap<>(Map.of("/healthz", 0, "/readyz", 0));
    private final AtomicLong maxScratch = new AtomicLong();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(3, work -> {
        Thread thread = new Thread(work, "invariant-monitor");
        thread.setDaemon(true);
        return thread;
    });

    InvariantMonitor(Services services, Victim victim) {
        this.services = services;
        this.victim = victim;
        every(DOWNLOAD_PERIOD, this::downloadCurrent);
        every(SUPERSEDED_PERIOD, this::downloadSuperseded);
        every(PROBE_PERIOD, this::probe);
        every(PROBE_PERIOD, this::measureScratch);
    }

    private void every(Duration pause, Runnable check) {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(() -> guarded(check), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded(Runnable check) {
        try {
            check.run();
        } catch (RuntimeException e) {
            record("a check failed: " + e);
        }
    }

    private void record(String what) {
        if (!scheduler.isShutdown()) {
            violations.putIfAbsent(what, Instant.now());
        }
    }

    private void downloadCurrent() {
        List.of(Victim.CHANGING, Victim.QUIET).forEach(name -> {
            Optional<String> url =
                    victim.artifact(name).map(artifact -> artifact.get("url").getAsString());
            if (url.isEmpty()) {
                record("the victim's ExternalArtifact " + name + " does not exist");
            } else {
                download(url.get(), "the victim's " + name);
                lastSeenCurrent.put(url.get(), System.nanoTime());
            }
        });
    }

    private void downloadSuperseded() {
        long old = System.nanoTime() - SUPERSEDED_SERVED.toNanos();
        lastSeenCurrent.values().removeIf(time -> time < old);
        lastSeenCurrent.keySet().stream().limit(MAX_SUPERSEDED).forEach(url -> download(url, SUPERSEDED));
    }

    private void download(String url, String what) {
        int status = victim.get(url).statusCode();
        if (status != 200) {
            record("%s: HTTP %d from %s".formatted(what, status, url));
        }
    }

    private void probe() {
        for (String path : List.of("/healthz", "/readyz")) {
            int status = services.probe(path);
            int missed = missedProbes.merge(path, 1, (before, one) -> status == 0 ? before + one : 0);
            if (status != 200 && (status != 0 || missed >= FAILURE_THRESHOLD)) {
                record("%s of the reconciler: %s".formatted(path, status == 0 ? "no response" : "HTTP " + status));
            }
        }
    }

    private void measureScratch() {
        long bytes = sizeOf(services.scratch());
        maxScratch.accumulateAndGet(bytes, Math::max);
    }

    private static long sizeOf(Path directory) {
        AtomicLong sum = new AtomicLong();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException deletedMeanwhile) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException directoryDeleted) {
            return sum.get();
        }
        return sum.get();
    }

    /** Returns the violations so far, limited to the first few. */
    List<String> violations(long scratchLimitBytes) {
        if (!services.reconciler().isAlive()) { // only the suite restarts it
            record("the process exited: " + services.reconciler().state());
        }
        victim.takeDeletedArtifacts().forEach(name -> record("the victim's ExternalArtifact " + name + " was deleted"));
        checkLimit(
                "memory of the reconciler",
                services.reconciler().peakResidentBytes(),
                services.reconcilerMemory().limitBytes());
        checkLimit(
                "memory of the artifact server",
                services.server().peakResidentBytes(),
                services.serverMemory().limitBytes());
        checkLimit("temporary files of the reconciler", maxScratch.get(), scratchLimitBytes);
        return violations.entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getKey().startsWith(SUPERSEDED)))
                .map(one -> one.getValue() + " " + one.getKey())
                .limit(MAX_REPORTED)
                .toList();
    }

    private void checkLimit(String what, long bytes, long limit) {
        if (bytes > limit) {
            record("%s: %d MiB exceeds the limit of %d MiB".formatted(what, bytes >> 20, limit >> 20));
        }
    }

    long maxScratchBytes() {
        return maxScratch.get();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
