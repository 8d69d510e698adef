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
 * Which run gives way when groups wait with nothing in work and every thread is taken: the youngest of the group that has
 * the most in work, since it loses least. Where no group has more than one, the one that has run longest, once its slice
 * is over; the slice of a key is twice as long each time, so that what needs long ends at last. Not thread-safe.
 */
final class Preemption<K> {

    /** How long a group waits with nothing in work before another gives way. */
    static final Duration AFTER = Duration.ofSeconds(3);

    static final Duration FIRST_SLICE = Duration.ofSeconds(30);

    /** What a run may need to heed its interrupt; then the next one is asked. */
    private static final Duration HEEDS_WITHIN = Duration.ofSeconds(5);

    private static final int MAX_DOUBLINGS = 10;

    private final Function<? super K, ?> grouping;

    /** @param nanos since it began */
    private record InWork<K>(K key, Object group, long nanos) {}

    /** Keys in work that were asked to give way, and when. */
    private final Map<K, Long> asked = new HashMap<>();

    /** How often a key gave way since its last run that ended by itself. */
    private final Map<K, Integer> times = new HashMap<>();

    Preemption(Function<? super K, ?> grouping) {
        this.grouping = grouping;
    }

    /**
     * The next key to give way; the caller interrupts its run.
     *
     * @param inWork all keys in work, and since when
     * @param starved how many groups wait for one to do so
     */
    Optional<K> next(Map<K, Long> inWork, int starved, long nowNanos) {
        long stillEnding = asked.values().stream()
                .filter(since -> nowNanos - since < HEEDS_WITHIN.toNanos())
                .count();
        if (stillEnding >= starved) {
            return Optional.empty();
        }
        List<InWork<K>> runs = inWork.entrySet().stream()
                .filter(run -> !asked.containsKey(run.getKey()))
                .map(run -> new InWork<>(run.getKey(), grouping.apply(run.getKey()), nowNanos - run.getValue()))
                .toList();
        Optional<K> key = ofTheLargestGroup(runs).or(() -> longest(runs)).map(InWork::key);
        key.ifPresent(chosen -> {
            asked.put(chosen, nowNanos);
            times.merge(chosen, 1, Integer::sum);
        });
        return key;
    }

    /** A run has ended, whether it gave way or not. */
    void done(K key) {
        if (asked.remove(key) == null) {
            times.remove(key);
        }
    }

    /** The key is of no interest any more. */
    void forget(K key) {
        times.remove(key);
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
        return FIRST_SLICE.toNanos() << Math.min(MAX_DOUBLINGS, times.getOrDefault(key, 0));
    }
}
