package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientQuotaTest {

    private static final String FIRST = "192.0.2.1";
    private static final String SECOND = "192.0.2.2";

    private final ClientQuota quota = new ClientQuota(10, 6);

    @Test
    void leavesARestForOtherAddresses() {
        assertThat(quota.tryTake(FIRST, 5)).isTrue();
        assertThat(quota.tryTake(FIRST, 2)).isFalse();
        assertThat(quota.tryTake(FIRST, 1)).isTrue();
        assertThat(quota.tryTake(SECOND, 5)).isFalse();
        assertThat(quota.tryTake(SECOND, 4)).isTrue();
        assertThat(quota.taken()).isEqualTo(10);
    }

    @Test
    void takesBack() {
        quota.tryTake(FIRST, 2);
        quota.tryTake(FIRST, 4);
        quota.giveBack(FIRST, 4);

        assertThat(quota.fits(FIRST, 4)).isTrue();
        assertThat(quota.fits(FIRST, 5)).isFalse();
        quota.giveBack(FIRST, 2);
        assertThat(quota.taken()).isZero();
        assertThat(quota.fits(FIRST, 6)).isTrue();
    }

    @Test
    void refusesAmountsThatWouldOverflow() {
        quota.tryTake(FIRST, 1);

        assertThat(quota.tryTake(FIRST, Long.MAX_VALUE)).isFalse();
    }
}
