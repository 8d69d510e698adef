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
 * Asks for runs of the generators that use a source which has changed. Not on the informers' threads: a source that
 * thousands of generators use, and that changes all the time, would hold up the events of all others. A source that
 * changes again before its turn waits once, and namespaces take turns. Thread-safe.
 */
final class ChangedSources {

    private static final Logger LOG = LoggerFactory.getLogger(ChangedSources.class);
    private static final long IDLE_SECONDS = 10;

    private final Function<SourceKey, List<ObjectKey>> users;
    private final Consumer<ObjectKey> enqueue;
    private final Executor executor;
    private final Map<String, Set<SourceKey>> changed = new LinkedHashMap<>();
    private boolean handingOn;

    /**
     * Nothing has changed yet.
     *
     * @param users the generators that use a source
     * @param enqueue takes them
     */
    ChangedSources(Function<SourceKey, List<ObjectKey>> users, Consumer<ObjectKey> enqueue) {
        this(users, enqueue, thread());
    }

    ChangedSources(Function<SourceKey, List<ObjectKey>> users, Consumer<ObjectKey> enqueue, Executor executor) {
        this.users = users;
        this.enqueue = enqueue;
        this.executor = executor;
    }

    /** One thread, which ends when it has had nothing to do for a while. */
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
            if (handingOn) {
                return;
            }
            handingOn = true;
        }
        try {
            executor.execute(this::handOn);
        } catch (RuntimeException | Error e) { // no thread, most likely: the next change tries again
            synchronized (this) {
                handingOn = false;
            }
            throw e;
        }
    }

    private void handOn() {
        for (SourceKey next = next(); next != null; next = next()) {
            try {
                users.apply(next).forEach(enqueue);
            } catch (RuntimeException | Error e) {
                LOG.atError()
                        .addKeyValue("source", next)
                        .setCause(e)
                        .log("cannot tell which generators use a changed source");
            }
        }
    }

    /** The first source of the namespace whose turn it is. */
    private synchronized @Nullable SourceKey next() {
        Iterator<Map.Entry<String, Set<SourceKey>>> namespaces =
                changed.entrySet().iterator();
        if (!namespaces.hasNext()) {
            handingOn = false;
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
