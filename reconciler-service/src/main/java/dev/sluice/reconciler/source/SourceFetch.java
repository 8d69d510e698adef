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

/** One fetch of a source, and who wants it. Its state is guarded by the lock of {@link SourceFetches}. */
final class SourceFetch {

    private final SourceRequest request;
    private final ObjectKey payer;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Who wants it, and when it last said so; true for who does not wait here at the moment. */
    private final Map<ObjectKey, Boolean> wanted = new HashMap<>();

    /** Of the run that began it: its log lines are that run's. */
    private final Map<String, String> logFields =
            Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.<String, String>of());

    private long wantedNanos;
    private long startedNanos;
    private @Nullable Thread thread;
    private boolean started;
    private volatile boolean cancelled;
    private @Nullable IOException failure;

    /** @param payer whose budget it takes: the first that wants it */
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

    /** It has gone, and wants to be told. */
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

    /** The thread that does it from now on; an interrupt that came before is made up for. */
    void runBy(Thread runner) {
        thread = runner;
        if (cancelled) {
            runner.interrupt();
        }
    }

    Map<String, String> logFields() {
        return logFields;
    }

    void runByNobody() {
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
