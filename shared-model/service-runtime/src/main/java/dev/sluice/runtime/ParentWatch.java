package dev.sluice.runtime;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its parent is gone, however the parent ended: the parent holds the other end of standard input,
 * and the system closes it with the parent. Asked for by the environment variable {@code SLUICE_EXIT_WITH_PARENT=true}.
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
                LOG.info("the parent process is gone, shutting down");
                exit();
            });
        }
    }

    private static void awaitEnd(InputStream in) {
        byte[] ignored = new byte[64];
        try {
            while (in.read(ignored) >= 0) {
                // what the parent writes has no meaning
            }
        } catch (IOException e) {
            // a broken pipe is an end like any other
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
        // only reached when the shutdown hooks did not come to an end in time
        Runtime.getRuntime().halt(1);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = DaemonThreads.create(name, work);
        thread.start();
        return thread;
    }
}
