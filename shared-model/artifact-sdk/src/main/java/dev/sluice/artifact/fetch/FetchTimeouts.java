package dev.sluice.artifact.fetch;

import java.time.Duration;

/**
 * Limits for the time of one attempt.
 *
 * @param connect limit for the look-up of the host name, and again for establishing a connection, including the TLS
 *     handshake
 * @param idle limit for the time without any data, including the wait for the response
 * @param total limit for the whole attempt
 */
public record FetchTimeouts(Duration connect, Duration idle, Duration total) {

    static final FetchTimeouts DEFAULT =
            new FetchTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(10));
}
