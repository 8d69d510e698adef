package dev.sluice.reconciler.generator;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Statuses that say that a run is in progress and that are not written yet. A run that ends before its delay never
 * writes its status. Thread-safe.
 */
final class ProgressNotices {

    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    private final Duration delay;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<ObjectKey, Notice> notices = new ConcurrentHashMap<>();

    /** @param delay how long a run lasts before its status is written */
    ProgressNotices(Duration delay) {
        this.delay = delay;
        this.timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("progress-notices"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_THREAD.toNanos(), TimeUnit.NANOSECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** Writes a status. */
    interface Writer {
        void write(ArtifactGeneratorStatus status) throws IOException;
    }

    /** Writes the status after the delay, unless {@link #settle} is called before; at once without a delay. */
    void begin(ObjectKey key, ArtifactGeneratorStatus status, Writer writer) throws IOException {
        if (delay.isZero()) {
            writer.write(status);
            return;
        }
        Notice notice = new Notice(status, writer);
        notices.put(key, notice);
        notice.alarm = timer.schedule(notice::write, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Ends the notice of a run; waits while it is being written.
     *
     * @return the status if it was not written; the run's next status must include it
     */
    Optional<ArtifactGeneratorStatus> settle(ObjectKey key) {
        Notice notice = notices.remove(key);
        return notice == null ? Optional.empty() : notice.settle();
    }

    private static final class Notice {

        private final ArtifactGeneratorStatus status;
        private final Writer writer;
        private volatile @Nullable Future<?> alarm;
        private boolean settled;
        private boolean written;

        Notice(ArtifactGeneratorStatus status, Writer writer) {
            this.status = status;
            this.writer = writer;
        }

        synchronized void write() {
            if (settled) {
                return;
            }
            try {
                writer.write(status);
                written = true;
            } catch (IOException e) {
                // the write at the end of the run fails for the same reason, which the run then reports
            }
        }

        synchronized Optional<ArtifactGeneratorStatus> settle() {
            settled = true;
            Future<?> scheduled = alarm;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            return written ? Optional.empty() : Optional.of(status);
        }
    }
}
