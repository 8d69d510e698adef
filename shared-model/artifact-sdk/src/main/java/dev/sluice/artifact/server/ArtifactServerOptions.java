package dev.sluice.artifact.server;

import dev.sluice.artifact.tls.TlsSource;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Options for the SDK's artifact server.
 *
 * @param basePath base directory of the storage
 * @param address address to bind to; port 0 for any free port
 * @param serving checked for every request; while it is false, the response is 503, so that a standby can run the
 *     server before it leads. Called by many threads
 * @param threads number of concurrent downloads, at least 1; further ones wait
 * @param tls certificate and key for TLS, with authorities if clients must have a certificate; empty for plain HTTP
 */
public record ArtifactServerOptions(
        Path basePath, InetSocketAddress address, BooleanSupplier serving, int threads, Optional<TlsSource> tls) {

    private static final int DEFAULT_THREADS = 64;

    /** @throws IllegalArgumentException if the number of threads is not positive */
    public ArtifactServerOptions {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "the number of artifact server threads must be positive, not " + threads);
        }
    }

    /** Plain HTTP. */
    public ArtifactServerOptions(Path basePath, InetSocketAddress address, BooleanSupplier serving, int threads) {
        this(basePath, address, serving, threads, Optional.empty());
    }

    /** Always serves, with up to 64 concurrent downloads. */
    public static ArtifactServerOptions of(Path basePath, InetSocketAddress address) {
        return new ArtifactServerOptions(basePath, address, () -> true, DEFAULT_THREADS);
    }

    /** Returns a copy that serves only while the gate is open, for example while this process leads. */
    public ArtifactServerOptions withGate(BooleanSupplier gate) {
        return new ArtifactServerOptions(basePath, address, gate, threads, tls);
    }

    /** Returns a copy that serves over TLS only. */
    public ArtifactServerOptions withTls(TlsSource newTls) {
        return new ArtifactServerOptions(basePath, address, serving, threads, Optional.of(newTls));
    }
}
