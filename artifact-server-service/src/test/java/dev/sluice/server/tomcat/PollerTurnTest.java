package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollerTurnTest {

    private final PollerTurn turn = new PollerTurn();

    @Test
    void aStepThatGoesOnForThreeLooksIsHeldUp() {
        long step = turn.begin();
        assertThat(turn.heldUp()).isEmpty();
        assertThat(turn.heldUp()).isEmpty();
        assertThat(turn.heldUp()).hasValue(step);
        assertThat(turn.heldUp()).hasValue(step);
    }

    @Test
    void neitherWaitingNorOtherStepsCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(turn.heldUp()).isEmpty();
        }
        for (int i = 0; i < 10; i++) {
            long step = turn.begin();
            assertThat(turn.heldUp()).isEmpty();
            assertThat(turn.heldUp()).isEmpty();
            assertThat(turn.end(step)).isTrue();
        }
    }

    @Test
    void aTurnThatWasTakenIsFoundLostAtTheEndOfTheStep() {
        long step = turn.begin();
        assertThat(turn.take(step)).isTrue();
        assertThat(turn.take(step)).isFalse();

        long successors = turn.begin();
        assertThat(turn.end(step)).isFalse();
        assertThat(turn.end(successors)).isTrue();
        assertThat(turn.end(step)).isFalse();
    }

    @Test
    void aStepThatCameToItsEndIsNotTaken() {
        long step = turn.begin();
        assertThat(turn.end(step)).isTrue();
        assertThat(turn.take(step)).isFalse();
        assertThat(turn.end(turn.begin())).isTrue();
    }
}
