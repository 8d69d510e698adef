package dev.sluice.controller.informer;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventType;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.UnreadableObject;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports objects that are set aside to their owners: with a Warning event about the object, and with {@code
 * Ready=False} and {@code Stalled=True} in its conditions. Changes nothing else in the status and keeps the conditions
 * of others.
 *
 * <p>Reports each object once, and again if its spec or the reason has changed. Because any tenant can create such
 * objects, it reports at most five every two seconds, in turn by namespace, and each object at most once a minute. Use
 * it only for kinds that this controller reconciles: the status of other kinds belongs to their controllers.
 * Thread-safe.
 */
public final class UnreadableObjectReporter implements AutoCloseable {

    /** The reason of the event and the conditions. */
    public static final String REASON = "ObjectUnreadable";

    static final int MAX_PER_PASS = 5;
    static final Duration MIN_INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableObjectReporter.class);
    private static final Duration PASS = Duration.ofSeconds(2);
    private static final int REMEMBERED = 10_000;
    private static final int CLASS_OF_STATUS = 100;
    private static final int CLIENT_ERROR = 4;

    private final Function<ApiKind, List<UnreadableObject>> unreadable;
    private final EventRecorder events;
    private final UnreadableStatus status;
    private final Set<ApiKind> kinds;
    private final Ticker ticker;
    private final Map<Subject, Report> reports = new LruMap<>(REMEMBERED);
    private final Map<String, Long> namespaces = new LruMap<>(REMEMBERED);
    private @Nullable ScheduledExecutorService thread;

    private record Subject(ApiKind kind, ObjectKey key) {}

    /** What was reported to the owner. An equal notice is not reported again. */
    private record Notice(String uid, long generation, String reason) {}

    /**
     * A report that was made.
     *
     * @param resourceVersion version of the object when it was read or written here; empty if the write must be retried
     */
    private record Report(@Nullable Notice notice, String resourceVersion, long atNanos) {}

    /**
     * Creates a reporter; call {@link #start()}.
     *
     * @param fieldManager field manager of the conditions, the same as in the controller's other writes
     * @param clock clock for the times of conditions
     * @param kinds kinds that this controller reconciles
     */
    public UnreadableObjectReporter(
            Informers informers,
            ApiRequests requests,
            EventRecorder events,
            String fieldManager,
            InstantSource clock,
            Set<ApiKind> kinds) {
        this(
                informers::unreadableObjects,
                events,
                new UnreadableStatus(requests, fieldManager, clock),
                kinds,
                Ticker.system());
    }

    UnreadableObjectReporter(
            Function<ApiKind, List<UnreadableObject>> unreadable,
            EventRecorder events,
            UnreadableStatus status,
            Set<ApiKind> kinds,
            Ticker ticker) {
        this.unreadable = unreadable;
        this.events = events;
        this.status = status;
        this.kinds = Set.copyOf(kinds);
        this.ticker = ticker;
    }

    /** Starts reporting; does nothing if already started. Only the leader may report, not a standby. */
    public synchronized void start() {
        if (thread == null) {
            ScheduledExecutorService started =
                    Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("unreadable-object-reporter"));
            var unused = started.scheduleWithFixedDelay(this::passOrLog, 0, PASS.toMillis(), TimeUnit.MILLISECONDS);
            thread = started;
        }
    }

    /**
     * Stops reporting without waiting: no further write starts, but one in progress may still arrive. {@link #start()}
     * resumes it.
     */
    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    private void passOrLog() {
        try {
            pass();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("cannot report unreadable objects; retrying");
        }
    }

    /** Reports a few objects, without the monitor, because {@link #close()} must not wait for the writes. */
    void pass() {
        for (Map.Entry<Subject, UnreadableObject> next : next()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            report(next.getKey(), next.getValue());
        }
    }

    /** The next objects, starting with the namespace whose last report is the oldest. */
    private synchronized List<Map.Entry<Subject, UnreadableObject>> next() {
        List<Map.Entry<Subject, UnreadableObject>> due = new ArrayList<>(due().entrySet());
        List<Map.Entry<Subject, UnreadableObject>> chosen = new ArrayList<>();
        while (chosen.size() < MAX_PER_PASS && !due.isEmpty()) {
            Map.Entry<Subject, UnreadableObject> next = due.stream()
                    .min(Comparator.comparingLong(this::namespaceReportedAt))
                    .orElseThrow();
            due.remove(next);
            namespaces.put(next.getKey().key().namespace(), ticker.nanos());
            chosen.add(next);
        }
        return chosen;
    }

    private Map<Subject, UnreadableObject> due() {
        Map<Subject, UnreadableObject> due = new HashMap<>();
        for (ApiKind kind : kinds) {
            for (UnreadableObject object : unreadable.apply(kind)) {
                Subject subject = new Subject(kind, object.key());
                Report before = before(subject);
                if (before == null || isDue(before, object)) {
                    due.put(subject, object);
                }
            }
        }
        return due;
    }

    private boolean isDue(Report before, UnreadableObject object) {
        boolean isRemembered = !object.resourceVersion().isEmpty();
        return (before.resourceVersion().isEmpty()
                        || (isRemembered && !before.resourceVersion().equals(object.resourceVersion())))
                && ticker.nanos() - before.atNanos() >= MIN_INTERVAL.toNanos();
    }

    /** Nano times are not ordered, so compares differences. Namespaces without a report come first. */
    private long namespaceReportedAt(Map.Entry<Subject, UnreadableObject> object) {
        Long at = namespaces.get(object.getKey().key().namespace());
        return at == null ? Long.MIN_VALUE : at - ticker.nanos();
    }

    private void report(Subject subject, UnreadableObject object) {
        Report before = before(subject);
        Notice notice = before == null ? null : before.notice();
        String version = "";
        try {
            Optional<UnreadableStatus.Raw> raw = status.read(subject.kind(), subject.key());
            if (raw.isEmpty()) {
                return; // deleted
            }
            UnreadableStatus.Raw now = raw.get();
            Notice current = new Notice(now.uid(), now.generation(), masked(object.reason()));
            version = now.resourceVersion();
            if (!current.equals(notice)) {
                events.record(now.bare(), EventType.WARNING, REASON, message(object.reason()));
                notice = current;
                version = write(now, message(object.reason()));
            } else if (before != null && before.resourceVersion().isEmpty()) {
                version = write(now, message(object.reason()));
            }
        } catch (IOException e) {
            version = "";
            LOG.atDebug()
                    .addKeyValue("kind", subject.kind().kind())
                    .addKeyValue("object", subject.key())
                    .setCause(e)
                    .log("cannot write the status of an unreadable object; retrying");
        }
        remember(subject, new Report(notice, version, ticker.nanos()));
    }

    private synchronized @Nullable Report before(Subject subject) {
        return reports.get(subject);
    }

    private synchronized void remember(Subject subject, Report report) {
        reports.put(subject, report);
    }

    /**
     * Does not retry if the API server refuses the conditions, because a retry would fail as well; the event remains.
     */
    private String write(UnreadableStatus.Raw object, String message) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("closed before the write");
        }
        try {
            return status.write(object, REASON, message);
        } catch (ApiRequestException e) {
            if (e.isConflict() || e.isNotFound() || e.code() / CLASS_OF_STATUS != CLIENT_ERROR) {
                throw e;
            }
            LOG.atDebug()
                    .addKeyValue("object", object.key())
                    .setCause(e)
                    .log("API server refused the conditions of an unreadable object");
            return object.resourceVersion();
        }
    }

    private static String message(String reason) {
        return reason.isEmpty()
                ? "the object cannot be read; see the controller log, then correct or delete it"
                : "the object cannot be read: %s; correct or delete it".formatted(reason);
    }

    /** Masks numbers, because those in a reason may change each time, for example for a full cache. */
    private static String masked(String reason) {
        return reason.replaceAll("\\d+", "#");
    }
}
