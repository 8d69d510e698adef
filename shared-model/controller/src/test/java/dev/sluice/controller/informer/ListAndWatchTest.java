package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.WatchRequests;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.util.CallGeneratorParams;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListAndWatchTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final FakeKube kube = new FakeKube();
    private final Recovery recovery = new Recovery();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        kube.close();
    }

    /** After a long outage, each informer would otherwise continue at a time of its own. */
    @Test
    void continuesWhenAnotherInformerHasReachedTheServerAgain() {
        kube.mode = FakeKube.Watches.REFUSED_503;
        CompletableFuture<Boolean> slow = watch(LONG);
        await().until(() -> kube.watches.size() == 1);
        CompletableFuture<Boolean> fast = watch(Duration.ofMillis(10));
        await().until(() -> kube.watches.size() >= 3);
        assertThat(slow).isNotDone();

        kube.mode = FakeKube.Watches.SERVED;

        await().until(() -> fast.isDone() && slow.isDone());
        assertThat(slow).isCompletedWithValue(true);
    }

    /** Opens and closes a watch, with this delay after a failure. */
    private CompletableFuture<Boolean> watch(Duration delay) {
        CacheAllowance allowance = new CacheAllowance(1_000_000);
        UnreadableObjects unreadable = new UnreadableObjects("GitRepository", Ticker.system());
        EventApplier<GitRepository> applier =
                new EventApplier<>(GitRepository.TYPE, new ObjectTrimmer(null), allowance, unreadable);
        ListAndWatch<GitRepository> source = new ListAndWatch<>(
                new ResourceClient<>(
                        GitRepository.TYPE,
                        Scope.all(),
                        new ApiRequests(kube.client(), Duration.ofSeconds(10)),
                        new WatchRequests(kube.client(), Duration.ofSeconds(30)),
                        500,
                        applier),
                new ListBackOff(new BackOffOptions(delay, delay, 0.5), Ticker.system()),
                recovery);
        return CompletableFuture.supplyAsync(
                () -> {
                    try (EventStream<GitRepository> events =
                            source.watch(new CallGeneratorParams(true, String.valueOf(kube.version()), 60))) {
                        return events != null;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }
}
