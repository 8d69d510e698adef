package dev.sluice.kubeapi.store;

import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.object.StoreKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects of the API by resource ({@code leases.coordination.k8s.io}) and key. Every write is atomic and has the
 * next revision of a single counter. Updates and deletions fail if the expected object is no longer current.
 * Thread-safe. The store takes ownership of the trees that it is given.
 */
public final class Store implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ResourceLog> logs = new HashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final int historyLimit;
    private Journal journal = Journal.NONE;
    private long revision = 1;

    private Store(int historyLimit) {
        this.historyLimit = historyLimit;
    }

    /**
     * Creates a store without persistence.
     *
     * @param historyLimit number of changes that are kept per resource, for watches and lists at older revisions
     */
    public static Store inMemory(int historyLimit) {
        return new Store(historyLimit);
    }

    /**
     * Creates a store that persists all writes.
     *
     * @throws IOException if the directory is unusable or in use, or its journal is corrupt
     */
    public static Store persistent(Path directory, int historyLimit) throws IOException {
        Store store = new Store(historyLimit);
        Map<String, Map<StoreKey, JournalRecord>> live = new HashMap<>();
        store.journal = FileJournal.open(directory, record -> store.replay(record, live));
        live.forEach((resource, records) ->
                records.values().forEach(record -> store.log(resource).restore(object(record))));
        return store;
    }

    private void replay(JournalRecord entry, Map<String, Map<StoreKey, JournalRecord>> live) {
        // in a compacted journal, the first record contains the revision; older objects follow
        revision = Math.max(revision, entry.revision());
        if (entry.resource().isEmpty()) {
            return;
        }
        Map<StoreKey, JournalRecord> records = live.computeIfAbsent(entry.resource(), r -> new HashMap<>());
        if (entry.object() == null) {
            records.remove(entry.key());
        } else {
            records.put(entry.key(), entry);
        }
    }

    private static StoredObject object(JournalRecord entry) {
        ObjectNode tree = entry.object();
        if (tree == null) {
            throw new IllegalStateException("cannot restore " + entry.key() + ": its record is a deletion");
        }
        return new StoredObject(entry.key(), tree, entry.revision());
    }

    /** Called with the resource after every commit, on the committing thread; must return quickly. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    public long revision() {
        return locked(() -> revision);
    }

    public @Nullable StoredObject get(String resource, StoreKey key) {
        lock.lock();
        try {
            return log(resource).get(key);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the current objects of a namespace; of all namespaces if it is empty. */
    public StoreSnapshot list(String resource, String namespace) {
        return locked(() -> new StoreSnapshot(revision, log(resource).in(namespace)));
    }

    /**
     * Returns the objects at a revision.
     *
     * @throws CompactedException if the history does not reach back to the revision
     */
    public StoreSnapshot listAt(String resource, String namespace, long at) throws CompactedException {
        lock.lock();
        try {
            return new StoreSnapshot(at, log(resource).in(namespace, at));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks that a watch can start after a revision.
     *
     * @throws CompactedException if the watch could miss changes
     */
    public void requireHistory(String resource, long revision) throws CompactedException {
        lock.lock();
        try {
            log(resource).history().requireKept(revision);
        } finally {
            lock.unlock();
        }
    }

    /** Returns up to {@code limit} changes after a revision, oldest first, for an existing watch. */
    public List<StoreEvent> changesAfter(String resource, long after, int limit) throws CompactedException {
        lock.lock();
        try {
            return log(resource).history().after(after, limit);
        } finally {
            lock.unlock();
        }
    }

    /** Returns empty if an object with that key exists. */
    public Optional<StoredObject> create(String resource, StoreKey key, ObjectNode tree) {
        return commit(resource, key, null, tree);
    }

    /** Returns empty if {@code expected} is no longer the current object. */
    public Optional<StoredObject> update(String resource, StoredObject expected, ObjectNode tree) {
        return commit(resource, expected.key(), expected, tree);
    }

    /** Returns the last state of the object; empty if {@code expected} is no longer the current object. */
    public Optional<StoredObject> delete(String resource, StoredObject expected) {
        return commit(resource, expected.key(), expected, null);
    }

    private Optional<StoredObject> commit(
            String resource, StoreKey key, @Nullable StoredObject expected, @Nullable ObjectNode tree) {
        Optional<StoredObject> done = locked(() -> {
            ResourceLog objects = log(resource);
            return objects.get(key) == expected
                    ? Optional.of(commitLocked(objects, resource, key, expected, tree))
                    : Optional.empty();
        });
        if (done.isPresent()) {
            listeners.forEach(listener -> listener.accept(resource));
        }
        return done;
    }

    private StoredObject commitLocked(
            ResourceLog target,
            String resource,
            StoreKey key,
            @Nullable StoredObject before,
            @Nullable ObjectNode tree) {
        long next = revision + 1;
        boolean deletion = tree == null;
        ObjectNode last = tree;
        if (last == null && before != null) {
            last = before.tree().deepCopy();
        }
        if (last == null) {
            throw new IllegalArgumentException(
                    "cannot commit " + resource + " " + key + ": neither an object nor a deletion");
        }
        ObjectMeta.of(last).set("resourceVersion", Long.toString(next));
        append(new JournalRecord(next, resource, key, deletion ? null : last));
        revision = next;
        StoredObject after = new StoredObject(key, last, next);
        target.apply(new StoreEvent(next, key, before, after, deletion));
        compactJournalWhenLarge();
        return after;
    }

    private void append(JournalRecord entry) {
        try {
            journal.append(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write " + entry.resource() + " " + entry.key() + " to the journal", e);
        }
    }

    private void compactJournalWhenLarge() {
        if (!journal.wantsCompaction()) {
            return;
        }
        List<JournalRecord> live = new ArrayList<>();
        live.add(JournalRecord.revisionOnly(revision));
        logs.forEach((resource, objects) ->
                objects.all().forEach(o -> live.add(new JournalRecord(o.revision(), resource, o.key(), o.tree()))));
        try {
            journal.compact(live);
        } catch (IOException e) {
            // the write succeeded; the old journal stays in use
            LOG.warn("journal compaction failed; retrying when the journal has grown", e);
        }
    }

    /** Discards the history, like etcd's compaction: older watches and pages get a 410. */
    public void compactHistory() {
        lock.lock();
        try {
            logs.values().forEach(objects -> objects.history().compact(revision));
        } finally {
            lock.unlock();
        }
    }

    /** Starts the history of a newly served resource; watches cannot start before this revision. */
    public void open(String resource) {
        lock.lock();
        try {
            log(resource).history().compact(revision);
        } finally {
            lock.unlock();
        }
    }

    private ResourceLog log(String resource) {
        return logs.computeIfAbsent(resource, r -> new ResourceLog(historyLimit, revision));
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            journal.close();
        } finally {
            lock.unlock();
        }
    }
}
