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
 * Whose turn it is: ready keys by group, and how many keys of each group are in work.
 *
 * <p>Groups take turns, a key each. The share of a group is half of the workers, rounded up. A group below its share gets
 * a worker as long as all groups together, none counted beyond its share, have fewer than there are. A group at its
 * share or above it gets one only while no other group waits and a worker is free. So a group that took all workers while
 * it was alone keeps nobody from the other half: for these there are threads in reserve. A group that waits with nothing
 * in work gets a spare thread soon, whoever has the workers. Not thread-safe.
 */
final class FairShare<K> {

    /** How long a group waits with nothing in work before it gets a spare thread. */
    static final Duration SPARE_AFTER = Duration.ofSeconds(1);

    private static final int MIN_SPARE = 2;

    private final int workers;
    private final int share;
    private final int threads;
    private final Function<? super K, ?> grouping;
    private final Map<Object, Group<K>> groups = new HashMap<>();

    /** The groups that have ready keys, next one first. */
    private final Deque<Group<K>> turns = new ArrayDeque<>();

    private int size;
    private int running;

    /** Keys in work, no group counted beyond its share. */
    private int counted;

    private @Nullable Object firstGroup;
    private boolean severalGroups;

    /** One that has neither ready keys nor keys in work is not remembered. */
    private static final class Group<K> {

        private final Object name;

        /** In the order in which they became ready. */
        private final Set<K> ready = new LinkedHashSet<>();

        private int inWork;

        /** Since when it has had ready keys and nothing in work, if it is so. */
        private long starvedSince;

        private Group(Object name) {
            this.name = name;
        }

        private boolean isStarved() {
            return inWork == 0 && !ready.isEmpty();
        }
    }

    /** @param workers how many keys may be in work while there is only one group */
    FairShare(int workers, Function<? super K, ?> grouping) {
        this.workers = workers;
        this.share = workers / 2 + workers % 2;
        this.threads = threads(workers);
        this.grouping = grouping;
    }

    /** How many threads it takes: workers, those in reserve, and spare ones. */
    static int threads(int workers) {
        long reserve = workers / 2;
        return (int) Math.min(Integer.MAX_VALUE, workers + reserve + Math.max(MIN_SPARE, reserve));
    }

    /** A key is ready. */
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

    /** Takes out the next key and counts it as in work; null when none may begin now. */
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

    /** A key that was polled is not in work any more. */
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

    /** Takes a key out that is ready. */
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

    /** How many groups have waited for so long with nothing in work and will not get a thread that is free. */
    int starvedFor(Duration limit, long nowNanos) {
        return running < threads
                ? 0
                : (int) turns.stream()
                        .filter(group -> group.isStarved() && nowNanos - group.starvedSince >= limit.toNanos())
                        .count();
    }

    /** How long until a group gets a spare thread, if nothing else happens; no less than that. */
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

    /** Looks at few: not many groups can have their whole share. */
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
