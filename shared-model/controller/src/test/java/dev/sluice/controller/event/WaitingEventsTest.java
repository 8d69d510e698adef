package dev.sluice.controller.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A flood of one namespace's events leaves room for a neighbour's, in number and in memory. */
class WaitingEventsTest {

    private final WaitingEvents waiting = new WaitingEvents(10);

    @Test
    void oneNamespaceHasHalfOfTheRoom() throws Exception {
        assertThat(offered("flood", EventType.WARNING, 20)).isEqualTo(5);
        assertThat(offered("neighbour", EventType.NORMAL, 1)).isEqualTo(1);

        assertThat(next()).isEqualTo("flood");
        assertThat(offered("flood", EventType.WARNING, 20))
                .as("what was sent gives room")
                .isEqualTo(1);
    }

    @Test
    void allHaveTheirRoomTogether() {
        assertThat(offered("one", EventType.NORMAL, 5)).isEqualTo(5);
        assertThat(offered("two", EventType.NORMAL, 5)).isEqualTo(5);
        assertThat(offered("three", EventType.WARNING, 1)).isZero();
    }

    @Test
    void traceEventsLeaveHalfToTheOthers() {
        assertThat(offered("one", EventType.TRACE, 5)).as("a quarter").isEqualTo(3);
        assertThat(offered("two", EventType.TRACE, 5))
                .as("half with the others'")
                .isEqualTo(2);
        assertThat(offered("one", EventType.NORMAL, 5)).isEqualTo(2);
        assertThat(offered("two", EventType.NORMAL, 5)).isEqualTo(3);
    }

    @Test
    void largeEventsAreBoundedByTheirSize() {
        WaitingEvents many = new WaitingEvents(1_000);
        String annotation = "x".repeat(256 << 10);

        long taken = IntStream.range(0, 1_000)
                .filter(i -> many.offer(event("flood", EventType.NORMAL, annotation)))
                .count();

        assertThat(taken * annotation.length()).isBetween(WaitingEvents.MAX_SIZE / 4L, WaitingEvents.MAX_SIZE / 2L);
        assertThat(many.offer(event("neighbour", EventType.NORMAL, annotation))).isTrue();
        assertThat(many.offer(event("neighbour", EventType.NORMAL, "x".repeat(WaitingEvents.MAX_SIZE))))
                .isFalse();
    }

    private long offered(String namespace, EventType type, int events) {
        return IntStream.range(0, events)
                .filter(i -> waiting.offer(event(namespace, type, "")))
                .count();
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(waiting.poll(0, TimeUnit.SECONDS)).namespace();
    }

    private static ObjectEvent event(String namespace, EventType type, String annotation) {
        return new ObjectEvent(
                new V1ObjectReference().namespace(namespace),
                type,
                "Ready",
                "done",
                Instant.EPOCH,
                Map.of("event.toolkit.fluxcd.io/note", annotation));
    }
}
