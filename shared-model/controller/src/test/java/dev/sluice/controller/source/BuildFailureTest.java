package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildFailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Fetch failed", "1st", "Failed:", "F\u00e4iled", "Failed\n"})
    void refusesAReasonThatTheApiServerRefuses(String reason) {
        IOException cause = new IOException("no space left");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BuildFailure.retry(reason, "message", cause))
                .withMessageStartingWith("'" + reason + "' cannot be the reason of a condition; use CamelCase")
                .withCause(cause);
        assertThatIllegalArgumentException().isThrownBy(() -> BuildFailure.stalled(reason, "message"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"F", "FetchFailed", "fetch_failed", "Fetch:Failed,Too_1"})
    void acceptsOtherReasons(String reason) {
        assertThat(BuildFailure.stalled(reason, "message").reason()).isEqualTo(reason);
    }

    @Test
    void aReasonIsLimitedAsInConditions() {
        assertThat(BuildFailure.stalled("F".repeat(1024), "message").isStalled())
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> BuildFailure.stalled("F".repeat(1025), "message"));
    }
}
