package dev.sluice.runtime.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import one.profiler.AsyncProfiler;
import org.jspecify.annotations.Nullable;

/**
 * Samples allocations and says which of the objects are still alive, with async-profiler: the JVM's own recorder cannot.
 * Its native library is in its jar for Linux on x64 and ARM and for macOS; it is loaded by the first heap profile and
 * needs a temporary directory that may hold executables. Thread-safe.
 */
final class LiveObjects {

    private static final String SAMPLE_EVERY = "128k";

    private final Supplier<AsyncProfiler> loader;
    private @Nullable AsyncProfiler profiler;
    private @Nullable String problem;

    LiveObjects() {
        this(AsyncProfiler::getInstance);
    }

    /**
     * For platforms unlike this one.
     *
     * @param loader fails with what async-profiler fails with where its library cannot be loaded
     */
    LiveObjects(Supplier<AsyncProfiler> loader) {
        this.loader = loader;
    }

    /** Why there are no live objects here, or null where there are. */
    synchronized @Nullable String problem() {
        if (profiler == null && problem == null) {
            try {
                profiler = loader.get();
            } catch (IllegalStateException | LinkageError e) {
                problem = e.getClass().getSimpleName() + ": " + e.getMessage();
            }
        }
        return problem;
    }

    /** What is done at the end of a recording, while it still goes on. */
    @FunctionalInterface
    interface AtTheEnd {
        void run() throws ProfileException;
    }

    /** A recording of the objects that were allocated in this time and outlived it and what is done at its end. */
    Path record(Duration time, AtTheEnd atTheEnd) throws ProfileException, InterruptedException {
        AsyncProfiler loaded = loaded();
        try {
            Path file = Files.createTempFile("sluice-profile-", ".jfr");
            boolean complete = false;
            try {
                record(loaded, file, time, atTheEnd);
                complete = true;
                return file;
            } finally {
                if (!complete) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw ProfileException.unavailable("async-profiler failed: " + e.getMessage(), e);
        }
    }

    private static void record(AsyncProfiler profiler, Path file, Duration time, AtTheEnd atTheEnd)
            throws IOException, InterruptedException, ProfileException {
        profiler.execute("start,alloc=" + SAMPLE_EVERY + ",live,jfr,file=" + file);
        try {
            Thread.sleep(time.toMillis());
            atTheEnd.run();
        } finally {
            profiler.execute("stop");
        }
    }

    private synchronized AsyncProfiler loaded() throws ProfileException {
        if (problem() != null || profiler == null) {
            throw ProfileException.unavailable("async-profiler cannot be loaded: " + problem, null);
        }
        return profiler;
    }
}
