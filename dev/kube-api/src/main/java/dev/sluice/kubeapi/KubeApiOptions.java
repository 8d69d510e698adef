package dev.sluice.kubeapi;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How to run the API.
 *
 * @param port on the loopback address; 0 for a free one
 * @param dataDirectory keeps all objects; without one they go with the process
 * @param historyLimit changes kept per resource: who is further behind is answered 410
 * @param bookmarkInterval between the bookmarks of a watch
 */
public record KubeApiOptions(
        int port, Optional<Path> dataDirectory, int historyLimit, Duration bookmarkInterval, Clock clock) {

    public KubeApiOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + ": give 0 (any) to 65535");
        }
        if (historyLimit < 1) {
            throw new IllegalArgumentException("historyLimit " + historyLimit + ": give at least 1");
        }
    }

    /** A free port, in memory only. */
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
