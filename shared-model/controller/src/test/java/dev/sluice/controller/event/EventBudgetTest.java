package dev.sluice.controller.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventBudgetTest {

    private final EventBudget budget = new EventBudget();
    private Instant now = Instant.parse("2026-07-01T10:00:00Z");

    @Test
    void allowsABurstAndThenOneEventInFiveMinutes() throws EventWithheldException {
        spendBurst("one", EventType.NORMAL);
        assertWithheld("one", EventType.WARNING);

        now = now.plus(EventBudget.REFILL);
        budget.spend(event("one", EventType.WARNING));
        assertWithheld("one", EventType.NORMAL);
    }

    @Test
    void refillsUpToTheBurst() throws EventWithheldException {
        spendBurst("one", EventType.NORMAL);
        now = now.plus(Duration.ofDays(30));
        spendBurst("one", EventType.NORMAL);
        assertWithheld("one", EventType.NORMAL);
    }

    @Test
    void tracesAndObjectsHaveSeparateBudgets() throws EventWithheldException {
        spendBurst("one", EventType.TRACE);
        assertWithheld("one", EventType.TRACE);

        assertThatCode(() -> budget.spend(event("one", EventType.WARNING))).doesNotThrowAnyException();
        assertThatCode(() -> budget.spend(event("two", EventType.TRACE))).doesNotThrowAnyException();
    }

    private void spendBurst(String name, EventType type) throws EventWithheldException {
        for (int i = 0; i < EventBudget.BURST; i++) {
            budget.spend(event(name, type));
        }
    }

    private void assertWithheld(String name, EventType type) {
        assertThatExceptionOfType(EventWithheldException.class)
                .isThrownBy(() -> budget.spend(event(name, type)))
                .satisfies(e -> assertThat(e.getMessage()).contains("apps/" + name));
    }

    private ObjectEvent event(String name, EventType type) {
        V1ObjectReference object =
                new V1ObjectReference().kind("GitRepository").namespace("apps").name(name);
        return new ObjectEvent(object, type, "Reconcile", "Ready", "m", now, Map.of());
    }
}
