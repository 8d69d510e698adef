package dev.sluice.controller.informer;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventType;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.UnreadableObject;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * Tells the owners of objects that are set aside, which nothing else can: with a Warning event about the object, and with
 * {@code Ready=False} and {@code Stalled=True} in its conditions. Of the status nothing else is touched, and what others
 * have among the conditions stays.
 *
 * <p>Each object is told of once, and again when its spec or the reason has changed. Anybody may make such objects: five
 * are told of in two seconds, namespaces in turn, and each object at most once a minute. Only for kinds that this
 * controller reconciles; the status of others is their controllers'. Thread-safe.
 */
public final class UnreadableObjectReporter implements AutoCloseable {

    /** The reason of event and conditions. */
    public static final String REASON = "ObjectUnreadable";

    static final int TOLD_IN_A_PASS = 5;
    static final Duration SAME_OBJECT = Duration.ofMinutes(1);

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
    private final Map<Subject, Told> told = new LruMap<>();
    private final Map<String, Long> namespaces = new LruMap<>();
    private @Nullable ScheduledExecutorService thread;

    private record Subject(ApiKind kind, ObjectKey key) {}

    /** What there is to tell: the same again is no news. */
    private record Notice(String uid, long generation, String reason) {}

    /**
     * What was told.
     *
     * @param resourceVersion of the object when it was looked at, or as this wrote it; empty when that has to be tried again
     */
    private record Told(@Nullable Notice notice, String resourceVersion, long atNanos) {}

    private static final class LruMap<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        LruMap() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    /**
     * Notices about the objects of some kinds; call {@link #start()}.
     *
     * @param fieldManager of the conditions, as in the controller's other writes
     * @param clock of the conditions
     * @param kinds that this controller reconciles
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

    /** Begins to tell; does nothing when it has begun. For the one process that works, not for a standby. */
    public synchronized void start() {
        if (thread == null) {
            ScheduledExecutorService started =
                    Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("owner-notices"));
            var unused = started.scheduleWithFixedDelay(this::passOrLog, 0, PASS.toMillis(), TimeUnit.MILLISECONDS);
            thread = started;
        }
    }

    /** Ends; {@link #start()} begins anew. */
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
            LOG.atError().setCause(e).log("Notices to the owners of unreadable objects failed, tries again");
        }
    }

    /** Tells of a few, those first of whose namespace nothing was told for longest. */
    synchronized void pass() {
        List<Map.Entry<Subject, UnreadableObject>> due = new ArrayList<>(due().entrySet());
        for (int i = 0;
                i < TOLD_IN_A_PASS && !due.isEmpty() && !Thread.currentThread().isInterrupted();
                i++) {
            Map.Entry<Subject, UnreadableObject> next = due.stream()
                    .min(Comparator.comparingLong(this::namespaceToldAt))
                    .orElseThrow();
            due.remove(next);
            namespaces.put(next.getKey().key().namespace(), ticker.nanos());
            tell(next.getKey(), next.getValue());
        }
    }

    private Map<Subject, UnreadableObject> due() {
        Map<Subject, UnreadableObject> due = new HashMap<>();
        for (ApiKind kind : kinds) {
            for (UnreadableObject object : unreadable.apply(kind)) {
                Subject subject = new Subject(kind, object.key());
                Told before = told.get(subject);
                if (before == null || isNews(before, object)) {
                    due.put(subject, object);
                }
            }
        }
        return due;
    }

    private boolean isNews(Told before, UnreadableObject object) {
        boolean isRemembered = !object.resourceVersion().isEmpty();
        return (before.resourceVersion().isEmpty()
                        || (isRemembered && !before.resourceVersion().equals(object.resourceVersion())))
                && ticker.nanos() - before.atNanos() >= SAME_OBJECT.toNanos();
    }

    /** Nanoseconds have no order by themselves: those of which nothing was told are before all others. */
    private long namespaceToldAt(Map.Entry<Subject, UnreadableObject> object) {
        Long at = namespaces.get(object.getKey().key().namespace());
        return at == null ? Long.MIN_VALUE : at - ticker.nanos();
    }

    private void tell(Subject subject, UnreadableObject object) {
        Told before = told.get(subject);
        Notice notice = before == null ? null : before.notice();
        String version = "";
        try {
            Optional<UnreadableStatus.Raw> raw = status.read(subject.kind(), subject.key());
            if (raw.isEmpty()) {
                return; // gone meanwhile
            }
            UnreadableStatus.Raw now = raw.get();
            Notice news = new Notice(now.uid(), now.generation(), sameFor(object.reason()));
            version = now.resourceVersion();
            if (!news.equals(notice)) {
                events.record(now.bare(), EventType.WARNING, REASON, message(object.reason()));
                notice = news;
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
                    .log("The owner of an unreadable object cannot be told in its status, tries again");
        }
        told.put(subject, new Told(notice, version, ticker.nanos()));
    }

    /** A status that the API server does not take now it does not take later either: then there is the event. */
    private String write(UnreadableStatus.Raw object, String message) throws IOException {
        try {
            return status.write(object, REASON, message);
        } catch (ApiRequestException e) {
            if (e.isConflict() || e.isNotFound() || e.code() / CLASS_OF_STATUS != CLIENT_ERROR) {
                throw e;
            }
            LOG.atDebug()
                    .addKeyValue("object", object.key())
                    .setCause(e)
                    .log("Conditions of an unreadable object refused");
            return object.resourceVersion();
        }
    }

    private static String message(String reason) {
        return reason.isEmpty()
                ? "the object cannot be read, see the controller log; correct or delete it"
                : "the object cannot be read: %s; correct or delete it".formatted(reason);
    }

    /** Numbers in a reason may differ from one look to the next: those of a cache that is full, for example. */
    private static String sameFor(String reason) {
        return reason.replaceAll("\\d+", "#");
    }
}
