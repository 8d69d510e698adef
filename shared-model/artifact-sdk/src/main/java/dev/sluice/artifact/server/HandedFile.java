package dev.sluice.artifact.server;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that was assigned to a thread for one request; the thread must not open any other file. Thread-safe. */
final class HandedFile {

    private static final Logger LOG = LoggerFactory.getLogger(HandedFile.class);

    @SuppressWarnings("ThreadLocalUsage") // each instance belongs to one directory
    private final ThreadLocal<@Nullable Assignment> current = new ThreadLocal<>();

    private static final class Assignment {

        private final String rawPath;
        private final ServedFile file;
        private boolean taken;

        Assignment(String rawPath, ServedFile file) {
            this.rawPath = rawPath;
            this.file = file;
        }
    }

    /** Runs a request handler with this file; closes the file if the handler did not take it. */
    void during(String rawPath, ServedFile file, Runnable answer) {
        Assignment assignment = new Assignment(rawPath, file);
        current.set(assignment);
        try {
            answer.run();
        } finally {
            current.remove();
            if (!assignment.taken) {
                close(file);
            }
        }
    }

    /** Whether a file is assigned to this thread, which then must not open another. */
    boolean isGiven() {
        return current.get() != null;
    }

    /** Returns the file that is assigned to this thread; the caller must close it. */
    Optional<ServedFile> take(String rawPath) throws IOException {
        Assignment assignment = Objects.requireNonNull(current.get(), "no file is assigned to this thread");
        if (assignment.taken || !assignment.rawPath.equals(rawPath)) {
            throw new IOException("path '" + LoggedPath.of(rawPath)
                    + "' was requested by a thread that may only answer once, for '" + LoggedPath.of(assignment.rawPath)
                    + "'; retry");
        }
        assignment.taken = true;
        return Optional.of(assignment.file);
    }

    private static void close(ServedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("cannot close an unused file", e);
        }
    }
}
