package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileLockTest {

    private static final ProfileResponse ANSWER = ProfileResponse.text("done");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final ProfileLock turn = new ProfileLock(now::get);

    @ParameterizedTest
    @CsvSource({"0, 31", "10, 21", "29, 2", "30, 1", "45, 1"})
    void aSecondRequestGetsTheRemainingTime(int passed, int left) throws Exception {
        turn.take(ProfileKind.PROFILE, Duration.ofSeconds(30), () -> {
            now.set(Instant.EPOCH.plusSeconds(passed));
            assertThatThrownBy(() -> turn.take(ProfileKind.HEAP, Duration.ofSeconds(5), () -> ANSWER))
                    .isInstanceOf(ProfileException.class)
                    .hasMessageContaining("the profile \"profile\" is running and ends in about %d s", left);
            return ANSWER;
        });
    }

    @Test
    void aFailedProfileReleasesTheLock() throws Exception {
        assertThatThrownBy(() -> turn.take(ProfileKind.PROFILE, Duration.ofSeconds(30), () -> {
                    throw new InterruptedException("the service is stopping");
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(turn.take(ProfileKind.HEAP, Duration.ofSeconds(5), () -> ANSWER))
                .isSameAs(ANSWER);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"NULL, 30", "-1, 1", "0, 1", "7, 7", "120, 120", "121, 120", "2147483647, 120"},
            nullValues = "NULL")
    void secondsAreCapped(Integer asked, int taken) {
        assertThat(new ProfileQuery(asked, null, null).time(ProfileKind.PROFILE))
                .hasSeconds(taken);
    }
}
