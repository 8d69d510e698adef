package dev.sluice.controller.queue;

import java.time.Duration;
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
 * Selects the next ready key fairly among groups of keys.
 *
 * <p>Groups take turns, one key each. The share of a group is half of the workers, rounded up. A group below its share
 * gets a worker while fewer keys are in progress than there are workers, where no group counts for more than its share.
 * A group at or above its share gets a worker only while no other group waits and a worker is free. So a group that
 * took all workers while it was alone does not block other groups: reserve threads serve them. A group that has waited
 * with nothing in progress soon gets a spare thread, even if other groups use all workers. Not thread-safe.
 */
final class FairShare<K> {

    /** How long a group waits with nothing in progress before it gets a spare thread. */
    static final Duration SPARE_AFTER = Duration.ofSeconds(1);

    private static final int MIN_SPARE = 2;

    private final int workers;
    private final int share;
    private final int threads;
    private final Function<? super K, ?> grouping;
    private final Map<Object, Group<K>> groups = new HashMap<>();

    /** Groups with ready keys, next one first. */
    private final Deque<Group<K>> turns = new ArrayDeque<>();

    private int size;
    private int running;

    /** Keys in progress; no group counts for more than its share. */
    private int counted;

    private @Nullable Object firstGroup;
    private boolean severalGroups;

    /** A group with ready keys or keys in progress; others are not remembered. */
    private static final class Group<K> {

        private final Object name;

        /** Ordered by the time at which they became ready. */
        private final Set<K> ready = new LinkedHashSet<>();

        private int inWork;

        /** Since when the group has had ready keys and nothing in progress; meaningful only in that state. */
        private long starvedSince;

        private Group(Object name) {
            this.name = name;
        }

        private boolean isStarved() {
            return inWork == 0 && !ready.isEmpty();
        }
    }

    /** @param workers number of keys that may be in progress while there is only one group */
    FairShare(int workers, Function<? super K, ?> grouping) {
        this.workers = workers;
        this.share = workers / 2 + workers % 2;
        this.threads = threads(workers);
        this.grouping = grouping;
    }

    /** Returns the number of threads: workers, reserve threads and spare threads. */
    static int threads(int workers) {
        long reserve = workers / 2;
        return (int) Math.min(Integer.MAX_VALUE, workers + reserve + Math.max(MIN_SPARE, reserve));
    }

    /** Adds a ready key. */
    void add(K key, long nowNanos) {
        Object name = groupOf(key);
        firstGroup = Objects.requireNonNullElse(firstGroup, name);
        severalGroups |= !name.equals(firstGroup);
        Group<K> group = groups.computeIfAbsent(name, Group::new);
        if (group.ready.isEmpty()) {
            turns.add(group);
            group.starvedSince = nowNanos;
        }
        size += group.ready.add(key) ? 1 : 0;
    }

    /** Removes the next key and counts it as in progress; null if none may start now. */
    @Nullable
    K poll(long nowNanos) {
        Group<K> group = next(nowNanos);
        if (group == null) {
            return null;
        }
        K key = group.ready.iterator().next();
        counted += group.inWork < share ? 1 : 0;
        running++;
        group.inWork++;
        remove(key);
        if (!group.ready.isEmpty()) {
            turns.remove(group);
            turns.add(group);
        }
        return key;
    }

    /** Records that a polled key is no longer in progress. */
    void done(K key, long nowNanos) {
        Group<K> group = groups.get(groupOf(key));
        if (group == null || group.inWork == 0) {
            return;
        }
        group.inWork--;
        running--;
        counted -= group.inWork < share ? 1 : 0;
        group.starvedSince = nowNanos;
        forgetIfIdle(group);
    }

    /** Removes a ready key. */
    void remove(K key) {
        Group<K> group = groups.get(groupOf(key));
        if (group != null && group.ready.remove(key)) {
            size--;
            if (group.ready.isEmpty()) {
                turns.remove(group);
                forgetIfIdle(group);
            }
        }
    }

    private void forgetIfIdle(Group<K> group) {
        if (group.inWork == 0 && group.ready.isEmpty()) {
            groups.remove(group.name);
        }
    }

    void clear() {
        turns.clear();
        groups.values().forEach(group -> group.ready.clear());
        groups.values().removeIf(group -> group.inWork == 0);
        size = 0;
    }

    int size() {
        return size;
    }

    /** Returns the number of groups with ready keys. */
    int groups() {
        return turns.size();
    }

    /**
     * Whether a waiting key is entitled to a worker: its group is below its share, or there has only ever been one
     * group.
     */
    boolean isOwed() {
        if (!severalGroups) {
            return size > 0;
        }
        return belowShare() != null;
    }

    /** Returns the number of groups that have waited this long with nothing in progress while no thread is free. */
    int starvedFor(Duration limit, long nowNanos) {
        return running < threads
                ? 0
                : (int) turns.stream()
                        .filter(group -> group.isStarved() && nowNanos - group.starvedSince >= limit.toNanos())
                        .count();
    }

    /** Returns the time until a group gets a spare thread if nothing else changes. */
    long nanosToSpare(long nowNanos) {
        if (running >= threads) {
            return Long.MAX_VALUE;
        }
        return turns.stream()
                .filter(Group::isStarved)
                .mapToLong(group -> Math.max(0, SPARE_AFTER.toNanos() - (nowNanos - group.starvedSince)))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private @Nullable Group<K> next(long nowNanos) {
        Group<K> group = counted < workers ? belowShare() : null;
        if (group == null && turns.size() == 1 && running < workers) {
            return turns.peek();
        }
        return group == null && running < threads ? starved(nowNanos) : group;
    }

    /** Checks few groups, because not many can be at their share at the same time. */
    private @Nullable Group<K> belowShare() {
        for (Group<K> group : turns) {
            if (group.inWork < share) {
                return group;
            }
        }
        return null;
    }

    private @Nullable Group<K> starved(long nowNanos) {
        for (Group<K> group : turns) {
            if (group.isStarved() && nowNanos - group.starvedSince >= SPARE_AFTER.toNanos()) {
                return group;
            }
        }
        return null;
    }

    Object groupOf(K key) {
        return grouping.apply(key);
    }
}
