package dev.sluice.reconciler.generator;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues the generators that use a changed source. Works on its own thread, because a source with thousands of users
 * that changes constantly would delay the events of all others on the informers' threads. A source that changes again
 * before its turn is queued once; namespaces take turns. Thread-safe.
 */
final class ChangedSources {

    private static final Logger LOG = LoggerFactory.getLogger(ChangedSources.class);
    private static final long IDLE_SECONDS = 10;

    private final Function<SourceKey, List<ObjectKey>> users;
    private final Consumer<ObjectKey> enqueue;
    private final Executor executor;
    private final Map<String, Set<SourceKey>> changed = new LinkedHashMap<>();
    private boolean draining;

    /**
     * Creates an empty queue of changed sources.
     *
     * @param users returns the generators that use a source
     * @param enqueue receives these generators
     */
    ChangedSources(Function<SourceKey, List<ObjectKey>> users, Consumer<ObjectKey> enqueue) {
        this(users, enqueue, thread());
    }

    ChangedSources(Function<SourceKey, List<ObjectKey>> users, Consumer<ObjectKey> enqueue, Executor executor) {
        this.users = users;
        this.enqueue = enqueue;
        this.executor = executor;
    }

    /** A single thread that ends after {@link #IDLE_SECONDS} without work. */
    private static Executor thread() {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.named("changed-sources"));
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    void add(SourceKey source) {
        synchronized (this) {
            changed.computeIfAbsent(source.namespace(), namespace -> new LinkedHashSet<>())
                    .add(source);
            if (draining) {
                return;
            }
            draining = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RuntimeException | Error e) { // probably no thread is available; the next change retries
            synchronized (this) {
                draining = false;
            }
            throw e;
        }
    }

    private void drain() {
        for (SourceKey next = next(); next != null; next = next()) {
            try {
                users.apply(next).forEach(enqueue);
            } catch (RuntimeException | Error e) {
                LOG.atError()
                        .addKeyValue("source", next)
                        .setCause(e)
                        .log("cannot find the generators of a changed source");
            }
        }
    }

    /** Removes and returns the next source of the namespace whose turn it is. */
    private synchronized @Nullable SourceKey next() {
        Iterator<Map.Entry<String, Set<SourceKey>>> namespaces =
                changed.entrySet().iterator();
        if (!namespaces.hasNext()) {
            draining = false;
            return null;
        }
        Map.Entry<String, Set<SourceKey>> turn = namespaces.next();
        namespaces.remove();
        Iterator<SourceKey> sources = turn.getValue().iterator();
        SourceKey first = sources.next();
        sources.remove();
        if (sources.hasNext()) {
            changed.put(turn.getKey(), turn.getValue());
        }
        return first;
    }
}
