package dev.sluice.runtime;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its parent ends, even if the parent is killed: the parent holds the other end of standard
 * input, which the system closes when the parent ends. Enabled by the environment variable {@code
 * SLUICE_EXIT_WITH_PARENT=true}.
 */
final class ParentWatch {

    static final String VARIABLE = "SLUICE_EXIT_WITH_PARENT";

    private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);
    private static final Duration ORDERLY_EXIT = Duration.ofSeconds(4);

    private ParentWatch() {}

    static void startIfAsked(Map<String, String> environment) {
        if (Boolean.parseBoolean(environment.get(VARIABLE))) {
            daemon("parent-watch", () -> {
                awaitEnd(System.in);
                LOG.info("the parent process has ended; shutting down");
                exit();
            });
        }
    }

    private static void awaitEnd(InputStream in) {
        byte[] ignored = new byte[64];
        try {
            while (in.read(ignored) >= 0) {
                // ignore what the parent writes
            }
        } catch (IOException e) {
            // a broken pipe also means that the parent has ended
            LOG.debug("standard input failed", e);
        }
    }

    private static void exit() {
        Thread orderly = daemon("parent-watch-exit", () -> System.exit(0));
        try {
            orderly.join(ORDERLY_EXIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // only reached if the shutdown hooks do not finish in time
        Runtime.getRuntime().halt(1);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = DaemonThreads.create(name, work);
        thread.start();
        return thread;
    }
}
