package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreemptionTest {

    private final Preemption<ObjectKey> givingWay = new Preemption<>(ObjectKey::namespace);
    private final Map<ObjectKey, Long> inWork = new HashMap<>();

    @Test
    void theYoungestOfTheLargestGroupGoesFirst() {
        begin("a", "old", 0);
        begin("b", "one", 0);
        begin("b", "two", 10);
        begin("b", "three", 5);

        assertThat(givingWay.next(inWork, 1, nanos(20))).contains(new ObjectKey("b", "two"));
    }

    @Test
    void oneGivesWayForEachGroupThatWaits() {
        begin("a", "one", 0);
        begin("a", "two", 1);
        begin("a", "three", 2);

        assertThat(givingWay.next(inWork, 1, nanos(3))).isPresent();
        assertThat(givingWay.next(inWork, 1, nanos(4))).as("has not ended yet").isEmpty();
        assertThat(givingWay.next(inWork, 2, nanos(4))).isPresent();
    }

    @Test
    void whatDoesNotHeedItIsNotWaitedForLong() {
        begin("a", "one", 0);
        begin("a", "two", 1);
        begin("a", "three", 2);
        assertThat(givingWay.next(inWork, 1, nanos(3))).contains(new ObjectKey("a", "three"));

        assertThat(givingWay.next(inWork, 1, nanos(9))).contains(new ObjectKey("a", "two"));
    }

    @Test
    void aLoneRunHasItsSliceWhichDoubles() {
        ObjectKey key = new ObjectKey("a", "one");
        long slice = Preemption.FIRST_SLICE.toSeconds();
        begin("a", "one", 0);
        assertThat(givingWay.next(inWork, 1, nanos(slice - 1))).isEmpty();
        assertThat(givingWay.next(inWork, 1, nanos(slice))).contains(key);
        givingWay.done(key);

        assertThat(givingWay.next(inWork, 1, nanos(2 * slice - 1))).isEmpty();
        assertThat(givingWay.next(inWork, 1, nanos(2 * slice))).contains(key);
        givingWay.done(key);

        givingWay.done(key); // a run that ended by itself
        assertThat(givingWay.next(inWork, 1, nanos(slice))).contains(key);
    }

    private void begin(String namespace, String name, long second) {
        inWork.put(new ObjectKey(namespace, name), nanos(second));
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
