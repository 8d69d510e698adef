package dev.sluice.artifact.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * What the SDK's artifact server serves, where, and when.
 *
 * @param basePath the storage's base directory
 * @param address to bind; port 0 takes a free one
 * @param serving asked with every request: while it is false the answer is 503, so a standby can run the server before
 *     it leads. Called by many threads
 * @param threads downloads at the same time, 1 or more; further ones wait
 */
public record ArtifactServerOptions(Path basePath, InetSocketAddress address, BooleanSupplier serving, int threads) {

    private static final int DEFAULT_THREADS = 64;

    /** @throws IllegalArgumentException if there is no thread */
    public ArtifactServerOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("the artifact server needs at least 1 thread, not " + threads);
        }
    }

    /** Serves always, with up to 64 downloads at the same time. */
    public static ArtifactServerOptions of(Path basePath, InetSocketAddress address) {
        return new ArtifactServerOptions(basePath, address, () -> true, DEFAULT_THREADS);
    }

    /** The same, serving only while the gate is open, for example while this process leads. */
    public ArtifactServerOptions withGate(BooleanSupplier gate) {
        return new ArtifactServerOptions(basePath, address, gate, threads);
    }
}
