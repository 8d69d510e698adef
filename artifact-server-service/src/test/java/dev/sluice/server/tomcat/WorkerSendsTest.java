package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** With five workers, two sends run at the same time. */
class WorkerSendsTest {

    private final WorkerSends sends = new WorkerSends(() -> 5);
    private final Queue<Runnable> started = new ArrayDeque<>();
    private final List<Integer> sent = new ArrayList<>();

    @Test
    void startsALimitedNumberOfSendsAndQueuesTheOthers() {
        for (int i = 0; i < 5; i++) {
            int number = i;
            sends.execute(started::add, () -> sent.add(number));
        }
        assertThat(started).hasSize(2);

        runAll();

        assertThat(sent).containsExactly(0, 1, 2, 3, 4);
        sends.execute(started::add, () -> sent.add(5));
        sends.execute(started::add, () -> sent.add(6));
        sends.execute(started::add, () -> sent.add(7));
        assertThat(started).hasSize(2);
    }

    private void runAll() {
        for (Runnable next = started.poll(); next != null; next = started.poll()) {
            next.run();
        }
    }

    @Test
    void aFailedOrRejectedSendFreesItsSlot() {
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> sends.execute(
                            task -> {
                                throw new RejectedExecutionException("server is stopping");
                            },
                            () -> sent.add(0)));
        }
        for (int i = 0; i < 5; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> sends.execute(Runnable::run, () -> {
                        throw new IllegalStateException("thrown by a test");
                    }));
        }

        sends.execute(started::add, () -> sent.add(0));
        sends.execute(started::add, () -> sent.add(1));
        assertThat(started).hasSize(2);
    }
}
