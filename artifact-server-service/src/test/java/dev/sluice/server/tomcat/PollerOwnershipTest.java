package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollerOwnershipTest {

    private final PollerOwnership ownership = new PollerOwnership();

    @Test
    void aPollerIsTakenFromAThreadSeenThreeTimesInOneStep() {
        long step = ownership.begin();
        assertThat(ownership.takeIfBlocked()).isFalse();
        assertThat(ownership.takeIfBlocked()).isFalse();
        assertThat(ownership.takeIfBlocked()).isTrue();
        assertThat(ownership.end(step)).isFalse();
    }

    @Test
    void aPollerIsTakenOnce() {
        ownership.begin();
        int taken = 0;
        for (int i = 0; i < 10; i++) {
            taken += ownership.takeIfBlocked() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(1);
    }

    @Test
    void timeBetweenStepsAndDifferentStepsDoNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(ownership.takeIfBlocked()).isFalse();
        }
        for (int i = 0; i < 10; i++) {
            long step = ownership.begin();
            assertThat(ownership.takeIfBlocked()).isFalse();
            assertThat(ownership.takeIfBlocked()).isFalse();
            assertThat(ownership.end(step)).isTrue();
        }
    }

    @Test
    void thePreviousThreadDoesNotEndAStepOfItsSuccessor() {
        long step = ownership.begin();
        ownership.takeIfBlocked();
        ownership.takeIfBlocked();
        ownership.takeIfBlocked();

        long successors = ownership.begin();
        assertThat(ownership.end(step)).isFalse();
        assertThat(ownership.end(successors)).isTrue();
        assertThat(ownership.end(step)).isFalse();
    }
}
