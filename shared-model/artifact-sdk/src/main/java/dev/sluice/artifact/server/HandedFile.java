package dev.sluice.artifact.server;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one file that a thread was given to answer one request with, when it may look for no other. Thread-safe. */
final class HandedFile {

    private static final Logger LOG = LoggerFactory.getLogger(HandedFile.class);

    @SuppressWarnings("ThreadLocalUsage") // what is at hand belongs to one directory
    private final ThreadLocal<@Nullable AtHand> current = new ThreadLocal<>();

    private static final class AtHand {

        private final String rawPath;
        private final ServedFile file;
        private boolean taken;

        AtHand(String rawPath, ServedFile file) {
            this.rawPath = rawPath;
            this.file = file;
        }
    }

    /** Runs an answer that has this file at hand; closes the file if the answer did not take it. */
    void during(String rawPath, ServedFile file, Runnable answer) {
        AtHand given = new AtHand(rawPath, file);
        current.set(given);
        try {
            answer.run();
        } finally {
            current.remove();
            if (!given.taken) {
                close(file);
            }
        }
    }

    /** Whether this thread was given a file, and may look for no other. */
    boolean isGiven() {
        return current.get() != null;
    }

    /** Takes the file that this thread was given; whoever takes it closes it. */
    Optional<ServedFile> take(String rawPath) throws IOException {
        AtHand given = Objects.requireNonNull(current.get(), "nothing was given");
        if (given.taken || !given.rawPath.equals(rawPath)) {
            throw new IOException("path '" + LoggedPath.of(rawPath)
                    + "' was asked for by a thread that may only answer once, for '" + LoggedPath.of(given.rawPath)
                    + "'; ask again");
        }
        given.taken = true;
        return Optional.of(given.file);
    }

    private static void close(ServedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("Cannot close a file that no answer took", e);
        }
    }
}
