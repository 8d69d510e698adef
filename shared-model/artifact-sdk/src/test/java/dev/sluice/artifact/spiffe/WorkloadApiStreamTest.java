package dev.sluice.artifact.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkloadApiStreamTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private FakeWorkloadApi api;

    @BeforeEach
    void open() throws IOException {
        api = FakeWorkloadApi.open(directory.resolve("agent.sock"));
    }

    @AfterEach
    void close() throws IOException {
        api.unfreeze();
        api.close();
    }

    private WorkloadApiStream stream(Duration limit) {
        return new WorkloadApiStream(
                WorkloadApiAddress.parse(api.address()), new WorkloadApiProbe.Timing(Duration.ofMillis(50), limit));
    }

    private CompletableFuture<Void> receive(WorkloadApiStream stream) {
        return CompletableFuture.runAsync(() -> {
            try {
                stream.receive(message -> received.add(message.remaining()));
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    @Test
    void probesDoNotDisturbUpdates() throws IOException {
        try (WorkloadApiStream stream = stream(LIMIT)) {
            CompletableFuture<Void> end = receive(stream);
            await().until(() -> api.probes() >= 2);
            api.publish(new byte[3]);
            await().until(() -> received.equals(List.of(3)));
            int before = api.probes();
            await().until(() -> api.probes() >= before + 2);
            api.publish(new byte[100_000]);
            await().until(() -> received.equals(List.of(3, 100_000)));
            assertThat(end).isNotDone();
        }
    }

    @Test
    void noticesAnAgentThatNoLongerAnswers() throws IOException {
        api.publish(new byte[3]);
        try (WorkloadApiStream stream = stream(Duration.ofSeconds(4))) {
            CompletableFuture<Void> end = receive(stream);
            await().until(() -> received.size() == 1);
            api.freeze();

            await().untilAsserted(() -> assertThat(end)
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("the agent does not answer"));

            api.unfreeze();
            CompletableFuture<Void> next = receive(stream);
            await().until(() -> received.size() == 2);
            assertThat(next).isNotDone();
        }
    }

    @Test
    void noticesAnAgentThatNeverAnswers() throws IOException {
        api.freeze();
        try (WorkloadApiStream stream = stream(Duration.ofMillis(200))) {
            assertThatIOException()
                    .isThrownBy(() -> stream.receive(message -> received.add(message.remaining())))
                    .withMessage("the agent does not answer");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void endsWhenItIsClosed() throws IOException {
        WorkloadApiStream stream = stream(LIMIT);
        CompletableFuture<Void> end = receive(stream);
        api.publish(new byte[3]);
        await().until(() -> received.size() == 1);

        stream.close();

        await().untilAsserted(() -> assertThat(end).isCompletedExceptionally());
    }
}
