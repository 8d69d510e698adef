package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.function.ServerResponse;

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

    /** Each response is made while those before it are. */
    @Test
    void respondsBusyToOneClientWhileOthersContinue() {
        ClientQuota two = new ClientQuota(3, 2);
        List<Integer> statuses = new ArrayList<>();

        respond(
                two,
                FIRST,
                statuses,
                () -> respond(two, FIRST, statuses, () -> {
                    respond(two, FIRST, statuses, () -> {});
                    respond(two, SECOND, statuses, () -> {});
                }));

        assertThat(statuses).containsExactly(503, 200, 200, 200);
        assertThat(two.taken()).isZero();
    }

    private static void respond(ClientQuota quota, String address, List<Integer> statuses, Runnable meanwhile) {
        ServerResponse response = quota.whileTaken(
                address,
                () -> {
                    meanwhile.run();
                    return ServerResponse.ok().build();
                },
                () -> ServerResponse.status(503).build());
        statuses.add(response.statusCode().value());
    }

    @Test
    void givesBackAfterAFailure() {
        assertThatIllegalStateException()
                .isThrownBy(() -> quota.whileTaken(
                        FIRST,
                        () -> {
                            throw new IllegalStateException("failed");
                        },
                        () -> ServerResponse.status(503).build()));
        assertThat(quota.taken()).isZero();
    }
}
