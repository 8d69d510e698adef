package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreemptionTest {

    private final Preemption<ObjectKey> preemption = new Preemption<>(ObjectKey::namespace);
    private final Map<ObjectKey, Long> inWork = new HashMap<>();

    @Test
    void preemptsTheYoungestRunOfTheLargestGroup() {
        begin("a", "old", 0);
        begin("b", "one", 0);
        begin("b", "two", 10);
        begin("b", "three", 5);

        assertThat(preemption.next(inWork, 1, nanos(20))).contains(new ObjectKey("b", "two"));
    }

    @Test
    void preemptsOneRunForEachStarvedGroup() {
        begin("a", "one", 0);
        begin("a", "two", 1);
        begin("a", "three", 2);

        assertThat(preemption.next(inWork, 1, nanos(3))).isPresent();
        assertThat(preemption.next(inWork, 1, nanos(4))).as("has not ended yet").isEmpty();
        assertThat(preemption.next(inWork, 2, nanos(4))).isPresent();
    }

    @Test
    void preemptsAnotherRunIfOneIgnoresItsInterrupt() {
        begin("a", "one", 0);
        begin("a", "two", 1);
        begin("a", "three", 2);
        assertThat(preemption.next(inWork, 1, nanos(3))).contains(new ObjectKey("a", "three"));

        assertThat(preemption.next(inWork, 1, nanos(9))).contains(new ObjectKey("a", "two"));
    }

    @Test
    void theSliceOfASingleRunDoubles() {
        ObjectKey key = new ObjectKey("a", "one");
        long slice = Preemption.FIRST_SLICE.toSeconds();
        begin("a", "one", 0);
        assertThat(preemption.next(inWork, 1, nanos(slice - 1))).isEmpty();
        assertThat(preemption.next(inWork, 1, nanos(slice))).contains(key);
        preemption.done(key);

        assertThat(preemption.next(inWork, 1, nanos(2 * slice - 1))).isEmpty();
        assertThat(preemption.next(inWork, 1, nanos(2 * slice))).contains(key);
        preemption.done(key);

        preemption.done(key); // a run that ended by itself
        assertThat(preemption.next(inWork, 1, nanos(slice))).contains(key);
    }

    private void begin(String namespace, String name, long second) {
        inWork.put(new ObjectKey(namespace, name), nanos(second));
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
