package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Selects the run to preempt when groups wait with nothing in progress and all threads are busy: the youngest run of
 * the group with the most runs, because it loses the least work. If no group has more than one run, selects the longest
 * run whose time slice is over; the slice of a key doubles with each preemption, so that a long run completes
 * eventually. Not thread-safe.
 */
final class Preemption<K> {

    /** How long a group waits with nothing in progress before a run is preempted. */
    static final Duration AFTER = Duration.ofSeconds(3);

    static final Duration FIRST_SLICE = Duration.ofSeconds(30);

    /** Time for a preempted run to end before another one is preempted. */
    private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(5);

    private static final int MAX_DOUBLINGS = 10;

    private final Function<? super K, ?> grouping;

    /** @param nanos time since the run began */
    private record InWork<K>(K key, Object group, long nanos) {}

    /** Keys in progress whose run was preempted, and when. */
    private final Map<K, Long> interrupted = new HashMap<>();

    /** How often each key was preempted since its last run that completed. */
    private final Map<K, Integer> preemptions = new HashMap<>();

    Preemption(Function<? super K, ?> grouping) {
        this.grouping = grouping;
    }

    /**
     * Selects the next key to preempt; the caller interrupts its run.
     *
     * @param inWork all keys in progress, with their start times
     * @param starved number of groups that wait for a thread
     */
    Optional<K> next(Map<K, Long> inWork, int starved, long nowNanos) {
        long stillEnding = interrupted.values().stream()
                .filter(since -> nowNanos - since < INTERRUPT_GRACE.toNanos())
                .count();
        if (stillEnding >= starved) {
            return Optional.empty();
        }
        List<InWork<K>> runs = inWork.entrySet().stream()
                .filter(run -> !interrupted.containsKey(run.getKey()))
                .map(run -> new InWork<>(run.getKey(), grouping.apply(run.getKey()), nowNanos - run.getValue()))
                .toList();
        Optional<K> key = ofTheLargestGroup(runs).or(() -> longest(runs)).map(InWork::key);
        key.ifPresent(chosen -> {
            interrupted.put(chosen, nowNanos);
            preemptions.merge(chosen, 1, Integer::sum);
        });
        return key;
    }

    /** Records that a run has ended, preempted or not. */
    void done(K key) {
        if (interrupted.remove(key) == null) {
            preemptions.remove(key);
        }
    }

    /** Forgets a key that no longer exists. */
    void forget(K key) {
        preemptions.remove(key);
    }

    private static <K> Optional<InWork<K>> ofTheLargestGroup(List<InWork<K>> runs) {
        Map<Object, List<InWork<K>>> groups = runs.stream().collect(Collectors.groupingBy(InWork::group));
        int largest = groups.values().stream().mapToInt(List::size).max().orElse(0);
        return groups.values().stream()
                .filter(group -> largest > 1 && group.size() == largest)
                .flatMap(List::stream)
                .min(Comparator.comparingLong(InWork::nanos));
    }

    private Optional<InWork<K>> longest(List<InWork<K>> runs) {
        return runs.stream()
                .filter(run -> run.nanos() >= slice(run.key()))
                .max(Comparator.comparingLong(InWork::nanos));
    }

    private long slice(K key) {
        return FIRST_SLICE.toNanos() << Math.min(MAX_DOUBLINGS, preemptions.getOrDefault(key, 0));
    }
}
