package dev.sluice.controller.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: ready keys by group, and how many keys of each group are in work.
 *
 * <p>Groups take turns, a key each. The share of a group is half of the workers, rounded up. A group below its share gets
 * a worker as long as all groups together, none counted beyond its share, have fewer than there are. A group at its
 * share or above it gets one only while no other group waits and a worker is free. So a group that took all workers while
 * it was alone keeps nobody from the other half: for these there are threads in reserve. Not thread-safe.
 */
final class Turns<K> {

    private final int workers;
    private final int share;
    private final Function<? super K, ?> grouping;

    /** In each group in the order in which they became ready; no group is empty. */
    private final Map<Object, Set<K>> ready = new HashMap<>();

    /** The groups of {@link #ready}, next one first. */
    private final Deque<Object> turns = new ArrayDeque<>();

    private final Map<Object, Integer> inWork = new HashMap<>();
    private int size;
    private int running;

    /** Keys in work, no group counted beyond its share. */
    private int counted;

    private @Nullable Object firstGroup;
    private boolean severalGroups;

    /** @param workers how many keys may be in work while there is only one group */
    Turns(int workers, Function<? super K, ?> grouping) {
        this.workers = workers;
        this.share = workers / 2 + workers % 2;
        this.grouping = grouping;
    }

    /** How many threads it takes. */
    static int threads(int workers) {
        return workers + workers / 2;
    }

    /** A key is ready. */
    void add(K key) {
        Object group = groupOf(key);
        firstGroup = Objects.requireNonNullElse(firstGroup, group);
        severalGroups |= !group.equals(firstGroup);
        Set<K> keys = ready.get(group);
        if (keys == null) {
            keys = new LinkedHashSet<>();
            ready.put(group, keys);
            turns.add(group);
        }
        size += keys.add(key) ? 1 : 0;
    }

    /** Takes out the next key and counts it as in work; null when none may begin now. */
    @Nullable
    K poll() {
        Object group = next();
        if (group == null) {
            return null;
        }
        K key = Objects.requireNonNull(ready.get(group)).iterator().next();
        remove(key);
        if (ready.containsKey(group)) {
            turns.remove(group);
            turns.add(group);
        }
        counted += inWork(group) < share ? 1 : 0;
        running++;
        inWork.merge(group, 1, Integer::sum);
        return key;
    }

    /** A key that was polled is not in work any more. */
    void done(K key) {
        Object group = groupOf(key);
        int left = inWork(group) - 1;
        if (left < 0) {
            return;
        }
        running--;
        counted -= left < share ? 1 : 0;
        if (left == 0) {
            inWork.remove(group);
        } else {
            inWork.put(group, left);
        }
    }

    /** Takes a key out that is ready. */
    void remove(K key) {
        Object group = groupOf(key);
        Set<K> keys = ready.get(group);
        if (keys != null && keys.remove(key)) {
            size--;
            if (keys.isEmpty()) {
                ready.remove(group);
                turns.remove(group);
            }
        }
    }

    void clear() {
        ready.clear();
        turns.clear();
        size = 0;
    }

    int size() {
        return size;
    }

    /** How many groups have ready keys. */
    int groups() {
        return turns.size();
    }

    /** Whether a key waits that has a right to a worker: of a group below its share, or of the only one there ever was. */
    boolean isOwed() {
        if (!severalGroups) {
            return size > 0;
        }
        return belowShare() != null;
    }

    private @Nullable Object next() {
        Object group = counted < workers ? belowShare() : null;
        if (group == null && ready.size() == 1 && running < workers) {
            return turns.peek();
        }
        return group;
    }

    /** Looks at few: not many groups can have their whole share. */
    private @Nullable Object belowShare() {
        for (Object group : turns) {
            if (inWork(group) < share) {
                return group;
            }
        }
        return null;
    }

    private int inWork(Object group) {
        return inWork.getOrDefault(group, 0);
    }

    private Object groupOf(K key) {
        return grouping.apply(key);
    }
}
