package dev.sluice.controller.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.models.CoreV1Event;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits for events, because authors of objects control their number and length. */
class EventBoundsTest {

    private static final String LONG = "x".repeat(1_000_000);

    @Test
    void truncatesAnEventToTheApiServersLimits() {
        Map<String, String> annotations = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            annotations.put("event.toolkit.fluxcd.io/" + i, LONG);
            annotations.put("event.toolkit.fluxcd.io/short-" + i, "x".repeat(100));
        }
        ObjectEvent event = event("apps", "one", LONG, annotations);

        assertThat(event.message()).hasSize(ObjectEvent.MAX_MESSAGE).endsWith("…");
        assertThat(event.annotations())
                .isNotEmpty()
                .allSatisfy((key, value) -> assertThat(value).as(key).hasSize(100));
        assertThat(event.bytes()).isLessThan(80_000);
    }

    @Test
    void theBacklogIsBoundedInBytes() {
        EventBacklog backlog = new EventBacklog(100_000);
        int dropped = 0;
        for (int i = 0; i < 1_000; i++) {
            dropped += backlog.offer(waiting(event("apps", "one-" + i, LONG, Map.of())));
        }

        assertThat(1_000 - dropped).isBetween(1, (int) (EventBacklog.MAX_BYTES / ObjectEvent.MAX_MESSAGE));
    }

    @Test
    void aNamespaceThatFillsTheBacklogLeavesRoomForAnother() throws Exception {
        EventBacklog backlog = new EventBacklog(100);
        for (int i = 0; i < 1_000; i++) {
            backlog.offer(waiting(event("loud", "one-" + i, "again", Map.of())));
        }

        int dropped = 0;
        for (int i = 0; i < 40; i++) {
            dropped += backlog.offer(waiting(event("quiet", "one", "mine " + i, Map.of())));
        }

        assertThat(dropped).as("dropped events of the other namespace").isEqualTo(40);
        int quiet = 0;
        while (!backlog.isEmpty()) {
            quiet += backlog.poll(0).orElseThrow().namespace().equals("quiet") ? 1 : 0;
        }
        assertThat(quiet).isEqualTo(40);
    }

    @Test
    void recentEventsAreBoundedInBytes() {
        RecentEvents recent = new RecentEvents();
        for (int i = 0; i < 1_000; i++) {
            ObjectEvent event = event("apps", "one-" + i, LONG, Map.of("revision", LONG));
            recent.remember(event, new CoreV1Event());
            recent.remember(event, new CoreV1Event());
            assertThat(recent.find(event)).isNotNull();
        }

        assertThat(recent.bytes()).isBetween(1L, RecentEvents.MAX_BYTES);
        assertThat(recent.find(event("apps", "one-0", LONG, Map.of("revision", LONG))))
                .isNull();
    }

    private static EventBacklog.Waiting waiting(ObjectEvent event) {
        return new EventBacklog.Waiting(event, null);
    }

    private static ObjectEvent event(String namespace, String name, String message, Map<String, String> annotations) {
        GitRepository object = ToolkitJson.gson()
                .fromJson(
                        "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\"}}".formatted(name, namespace),
                        GitRepository.class);
        return ObjectEvent.about(object, EventType.NORMAL, "Reconcile", "Ready", message, Instant.EPOCH, annotations);
    }
}
