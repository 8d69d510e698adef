package dev.sluice.runtime.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import one.profiler.AsyncProfiler;
import org.jspecify.annotations.Nullable;

/**
 * Samples allocations and determines which objects are still alive, with async-profiler, because Flight Recorder
 * cannot. Its jar contains native libraries for Linux on x64 and ARM and for macOS. The first heap profile loads the
 * library, which needs a temporary directory that allows executables. Thread-safe.
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
     * Creates an instance with another loader, for tests.
     *
     * @param loader fails like async-profiler if its library cannot be loaded
     */
    LiveObjects(Supplier<AsyncProfiler> loader) {
        this.loader = loader;
    }

    /** Returns why live objects are not available, or null if they are. */
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

    /** Called at the end of a recording, while it is still running. */
    @FunctionalInterface
    interface AtTheEnd {
        void run() throws ProfileException;
    }

    /** Records the objects that were allocated in this time and that survived it and {@code atTheEnd}. */
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
            throw ProfileException.unavailable("cannot load async-profiler: " + problem, null);
        }
        return profiler;
    }
}
