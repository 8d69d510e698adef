package dev.sluice.artifact.tls;

import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs refused clients of a TLS server, at most one every ten seconds, because clients retry: the first one at once; of
 * those in the ten seconds after it, the last one at their end, with the number of the others. Thread-safe.
 */
public final class RefusedClients {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedClients.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final String CLIENT_REFUSED = "Received fatal alert";

    private final LongSupplier nanoTime;
    private final BiConsumer<Duration, Runnable> scheduler;
    private final ObjIntConsumer<String> log;
    private long lastNanos;
    private String lastReason = "";
    private int notLogged;

    /** Starts no thread of its own. */
    public RefusedClients() {
        this(System::nanoTime, RefusedClients::schedule, RefusedClients::log);
    }

    RefusedClients(LongSupplier nanoTime, BiConsumer<Duration, Runnable> scheduler, ObjIntConsumer<String> log) {
        this.nanoTime = nanoTime;
        this.scheduler = scheduler;
        this.log = log;
        this.lastNanos = nanoTime.getAsLong() - INTERVAL.toNanos();
    }

    private static void schedule(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(task);
    }

    private static void log(String reason, int alsoRefused) {
        LOG.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("alsoRefused", alsoRefused)
                .log("TLS client refused");
    }

    /** Reports a client that is refused for this reason. */
    public synchronized void report(String reason) {
        Duration left = INTERVAL.minusNanos(nanoTime.getAsLong() - lastNanos);
        if (notLogged == 0 && (left.isZero() || left.isNegative())) {
            write(reason, 0);
            return;
        }
        lastReason = reason;
        notLogged++;
        if (notLogged == 1) {
            scheduler.accept(left, this::writeLast);
        }
    }

    /**
     * Reports a client whose handshake failed, for example because it sent no certificate. Does nothing if a trust manager
     * refused its certificate, because the trust manager reports it, or if the client refused the server.
     */
    public void reportHandshake(String client, SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (!message.contains(CLIENT_REFUSED) && !hasCertificateCause(failure)) {
            report("the TLS handshake with " + client + " failed: " + message);
        }
    }

    private static boolean hasCertificateCause(SSLException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private synchronized void writeLast() {
        write(lastReason, notLogged - 1);
        notLogged = 0;
    }

    private void write(String reason, int alsoRefused) {
        lastNanos = nanoTime.getAsLong();
        log.accept(reason, alsoRefused);
    }
}
