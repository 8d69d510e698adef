package dev.sluice.artifact.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutageTest {

    private final Outage outage = new Outage();

    @Test
    void startsWithTheFirstFailureOnly() {
        assertThat(outage.starts()).isTrue();
        assertThat(outage.starts()).isFalse();
    }

    @Test
    void endsWithTheFirstSuccessOnly() {
        outage.starts();

        assertThat(outage.ends()).isTrue();
        assertThat(outage.ends()).isFalse();
    }

    @Test
    void doesNotEndBeforeItStarted() {
        assertThat(outage.ends()).isFalse();
        assertThat(outage.starts()).isTrue();
    }
}
