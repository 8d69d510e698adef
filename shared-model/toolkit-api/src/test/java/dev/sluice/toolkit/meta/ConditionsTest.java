package dev.sluice.toolkit.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Condition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00.9Z");
    private static final OffsetDateTime NOW_IN_SECONDS = OffsetDateTime.parse("2026-11-30T10:00:00Z");
    private static final OffsetDateTime EARLIER = OffsetDateTime.parse("2026-11-29T10:00:00Z");

    private static V1Condition condition(String type, String status) {
        return new V1Condition()
                .type(type)
                .status(status)
                .reason("Succeeded")
                .message("done")
                .observedGeneration(3L)
                .lastTransitionTime(EARLIER);
    }

    @Test
    void findsAConditionByItsType() {
        V1Condition ready = condition("Ready", "True");
        List<V1Condition> conditions = List.of(condition("Stalled", "False"), ready);

        assertThat(Conditions.find(conditions, "Ready")).containsSame(ready);
        assertThat(Conditions.find(conditions, "Healthy")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"True, true, false, false", "False, false, true, false", "Unknown, false, false, true"})
    void readsTheStatus(String status, boolean isTrue, boolean isFalse, boolean isUnknown) {
        List<V1Condition> conditions = List.of(condition("Ready", status));

        assertThat(Conditions.isTrue(conditions, "Ready")).isEqualTo(isTrue);
        assertThat(Conditions.isFalse(conditions, "Ready")).isEqualTo(isFalse);
        assertThat(Conditions.isUnknown(conditions, "Ready")).isEqualTo(isUnknown);
        assertThat(Conditions.isTrue(conditions, "Stalled")).isFalse();
        assertThat(Conditions.isFalse(conditions, "Stalled")).isFalse();
        assertThat(Conditions.isUnknown(conditions, "Stalled")).isFalse();
    }

    @Test
    void isCurrentIfTrueForTheGeneration() {
        List<V1Condition> conditions = List.of(condition("Ready", "True"));
        List<V1Condition> unobserved = List.of(condition("Ready", "True").observedGeneration(null));

        assertThat(Conditions.isCurrent(conditions, "Ready", 3L)).isTrue();
        assertThat(Conditions.isCurrent(conditions, "Ready", 4L)).isFalse();
        assertThat(Conditions.isCurrent(conditions, "Ready", null)).isTrue();
        assertThat(Conditions.isCurrent(unobserved, "Ready", 4L)).isTrue();
        assertThat(Conditions.isCurrent(List.of(condition("Ready", "False")), "Ready", 3L))
                .isFalse();
        assertThat(Conditions.isCurrent(List.of(), "Ready", 3L)).isFalse();
    }

    /** The generation alone does not count as a transition. */
    @ParameterizedTest
    @CsvSource({
        "True, Succeeded, done, true",
        "False, Succeeded, done, false",
        "True, Failed, done, false",
        "True, Succeeded, other, false"
    })
    void keepsTheTransitionTimeUnlessStatusReasonOrMessageDiffer(
            String status, String reason, String message, boolean kept) {
        List<V1Condition> previous = List.of(condition("Ready", "True"));

        V1Condition next = Conditions.next(previous, "Ready", status, reason, message, 4, () -> NOW);

        assertThat(next.getLastTransitionTime()).isEqualTo(kept ? EARLIER : NOW_IN_SECONDS);
        assertThat(next)
                .extracting(
                        V1Condition::getType,
                        V1Condition::getStatus,
                        V1Condition::getReason,
                        V1Condition::getMessage,
                        V1Condition::getObservedGeneration)
                .containsExactly("Ready", status, reason, message, 4L);
        assertThat(Conditions.sameState(previous.get(0), next)).isEqualTo(kept);
    }

    /** Characters outside of the basic plane are two chars, but one code point. */
    @Test
    void truncatesTheMessageToItsCodePoints() {
        String longest = "𝒳".repeat(Conditions.MAX_MESSAGE_LENGTH);

        assertThat(message(longest)).isEqualTo(longest);
        assertThat(message(longest + "x")).isEqualTo("𝒳".repeat(Conditions.MAX_MESSAGE_LENGTH - 1) + "…");
    }

    private static String message(String text) {
        return Conditions.next(List.of(), "Ready", "True", "Succeeded", text, 1, () -> NOW)
                .getMessage();
    }
}
