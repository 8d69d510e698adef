package dev.sluice.artifact.spiffe;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs refused clients, at most one every ten seconds, because clients retry. */
final class RefusedClients {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedClients.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private long lastNanos;
    private int notLogged;

    RefusedClients(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong() - INTERVAL_NANOS;
    }

    synchronized void report(PeerRefusedException reason) {
        long now = nanoTime.getAsLong();
        if (now - lastNanos < INTERVAL_NANOS) {
            notLogged++;
            return;
        }
        LOG.atWarn()
                .addKeyValue("reason", reason.getMessage())
                .addKeyValue("alsoRefused", notLogged)
                .log("TLS client refused");
        lastNanos = now;
        notLogged = 0;
    }
}
