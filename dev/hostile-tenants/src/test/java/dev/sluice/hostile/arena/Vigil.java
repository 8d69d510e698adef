package dev.sluice.hostile.arena;

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

/** Looks all the time at what must hold while tenants attack, and remembers what did not. */
final class Vigil implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration SOMETIMES = Duration.ofMillis(500);

    /** Who has read an object may download a while later; the default of --artifact-retention-ttl is a minute. */
    private static final Duration STILL_SERVED = Duration.ofSeconds(40);

    /** Where a superseded file is gone, all of them are: of the others no report may be lost for that. */
    private static final String FORMER = "a former file of the victim";

    /** As many answers in a row must be missing as the kubelet needs: a busy machine may be late with one. */
    private static final int FAILURE_THRESHOLD = 3;

    private static final int MOST_FORMER = 10;
    private static final int MOST_TOLD = 8;

    private final Services services;
    private final Victim victim;
    private final Map<String, Instant> broken = new ConcurrentHashMap<>();
    private final Map<String, Long> lastCurrent = new ConcurrentHashMap<>();
    private final Map<String, Integer> silences = new ConcurrentHashMap<>(Map.of("/healthz", 0, "/readyz", 0));
    private final AtomicLong mostScratch = new AtomicLong();
    private final ScheduledExecutorService looks = Executors.newScheduledThreadPool(3, work -> {
        Thread thread = new Thread(work, "vigil");
        thread.setDaemon(true);
        return thread;
    });

    Vigil(Services services, Victim victim) {
        this.services = services;
        this.victim = victim;
        every(OFTEN, this::downloadAll);
        every(SOMETIMES, this::probe);
        every(SOMETIMES, this::measureScratch);
    }

    private void every(Duration pause, Runnable look) {
        Future<?> unused =
                looks.scheduleWithFixedDelay(() -> guarded(look), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            note("a look failed: " + e);
        }
    }

    private void note(String what) {
        if (!looks.isShutdown()) {
            broken.putIfAbsent(what, Instant.now());
        }
    }

    private void downloadAll() {
        List.of(Victim.CHANGING, Victim.QUIET).forEach(name -> {
            Optional<String> url =
                    victim.artifact(name).map(artifact -> artifact.get("url").getAsString());
            if (url.isEmpty()) {
                note("the ExternalArtifact " + name + " of the victim is gone");
            } else {
                download(url.get(), "the victim's " + name);
                lastCurrent.put(url.get(), System.nanoTime());
            }
        });
        long old = System.nanoTime() - STILL_SERVED.toNanos();
        lastCurrent.values().removeIf(time -> time < old);
        lastCurrent.keySet().stream().limit(MOST_FORMER).forEach(url -> download(url, FORMER));
    }

    private void download(String url, String what) {
        int status = victim.get(url).statusCode();
        if (status != 200) {
            note("%s: HTTP %d of %s".formatted(what, status, url));
        }
    }

    private void probe() {
        for (String path : List.of("/healthz", "/readyz")) {
            int status = services.probe(path);
            int silent = silences.merge(path, 1, (before, one) -> status == 0 ? before + one : 0);
            if (status != 200 && (status != 0 || silent >= FAILURE_THRESHOLD) && !services.isRestarting()) {
                note("%s of the reconciler: %s".formatted(path, status == 0 ? "no answers" : "HTTP " + status));
            }
        }
    }

    private void measureScratch() {
        long bytes = sizeOf(services.scratch());
        mostScratch.accumulateAndGet(bytes, Math::max);
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
                public FileVisitResult visitFileFailed(Path file, IOException goneMeanwhile) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException theDirectoryIsGone) {
            return sum.get();
        }
        return sum.get();
    }

    /** What was broken so far; the first few of it. */
    List<String> broken(long scratchLimitBytes) {
        if (!services.reconciler().isAlive()) { // nobody but the suite starts it again
            note("the process did not live: " + services.reconciler().state());
        }
        check(
                "memory of the reconciler",
                services.reconciler().peakResidentBytes(),
                services.reconcilerMemory().limitBytes());
        check(
                "memory of the artifact server",
                services.server().peakResidentBytes(),
                services.serverMemory().limitBytes());
        check("temporary files of the reconciler", mostScratch.get(), scratchLimitBytes);
        return broken.entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getKey().startsWith(FORMER)))
                .map(one -> one.getValue() + " " + one.getKey())
                .limit(MOST_TOLD)
                .toList();
    }

    private void check(String what, long bytes, long limit) {
        if (bytes > limit) {
            note("%s: %d MiB, at most %d MiB are allowed".formatted(what, bytes >> 20, limit >> 20));
        }
    }

    long mostScratchBytes() {
        return mostScratch.get();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
