package dev.sluice.kubeapi;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Options of the API.
 *
 * @param port a port on loopback; 0 for a free one
 * @param dataDirectory directory for all objects; without one they are kept only in memory
 * @param historyLimit number of changes that are kept per resource; clients that are further behind get a 410
 * @param bookmarkInterval time between the bookmarks of a watch
 */
public record KubeApiOptions(
        int port, Optional<Path> dataDirectory, int historyLimit, Duration bookmarkInterval, Clock clock) {

    public KubeApiOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + ": must be 0 (any free port) to 65535");
        }
        if (historyLimit < 1) {
            throw new IllegalArgumentException("historyLimit " + historyLimit + ": must be at least 1");
        }
    }

    /** Options for a free port without persistence. */
    public static KubeApiOptions defaults() {
        return new KubeApiOptions(0, Optional.empty(), 4096, Duration.ofSeconds(30), Clock.systemUTC());
    }

    public KubeApiOptions withPort(int other) {
        return new KubeApiOptions(other, dataDirectory, historyLimit, bookmarkInterval, clock);
    }

    public KubeApiOptions withDataDirectory(Path directory) {
        return new KubeApiOptions(port, Optional.of(directory), historyLimit, bookmarkInterval, clock);
    }
}
