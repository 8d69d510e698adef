package dev.sluice.reconciler.source;

import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** One fetch of a source and the generators that need it. Its state is guarded by the lock of {@link SourceFetches}. */
final class SourceFetch {

    private final SourceRequest request;
    private final ObjectKey payer;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Generators that need the fetch; true if the generator has stopped waiting and must be notified. */
    private final Map<ObjectKey, Boolean> wanted = new HashMap<>();

    /** The log fields of the run that started the fetch. */
    private final Map<String, String> logFields =
            Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.<String, String>of());

    private long wantedNanos;
    private long startedNanos;
    private @Nullable Thread thread;
    private boolean started;
    private volatile boolean cancelled;
    private @Nullable IOException failure;

    /** @param payer the first generator that needs the fetch; its budget is charged */
    SourceFetch(SourceRequest request, ObjectKey payer) {
        this.request = request;
        this.payer = payer;
    }

    SourceRequest request() {
        return request;
    }

    ObjectKey payer() {
        return payer;
    }

    CountDownLatch ended() {
        return ended;
    }

    void wantedBy(ObjectKey generator, long nowNanos) {
        wanted.put(generator, false);
        wantedNanos = nowNanos;
    }

    /** The generator stops waiting and must be notified. */
    void leftBy(ObjectKey generator, long nowNanos) {
        wanted.put(generator, true);
        wantedNanos = nowNanos;
    }

    List<ObjectKey> absent() {
        return wanted.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean isUnwanted(long nowNanos, long afterNanos) {
        return nowNanos - wantedNanos > afterNanos;
    }

    boolean hasRunFor(long nowNanos, long nanos) {
        return started && nowNanos - startedNanos > nanos;
    }

    boolean isOpen() {
        return !started && !cancelled;
    }

    void start(long nowNanos) {
        started = true;
        startedNanos = nowNanos;
    }

    /** Sets the thread that runs the fetch; interrupts it if the fetch is already cancelled. */
    void runBy(Thread runner) {
        thread = runner;
        if (cancelled) {
            runner.interrupt();
        }
    }

    Map<String, String> logFields() {
        return logFields;
    }

    void detachThread() {
        thread = null;
    }

    void cancel() {
        cancelled = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    void fail(IOException e) {
        failure = e;
    }

    @Nullable
    IOException failure() {
        return failure;
    }
}
