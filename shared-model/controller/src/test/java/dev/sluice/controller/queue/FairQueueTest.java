package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the queue guarantees to a namespace whose neighbours have many keys. */
@Timeout(60)
class FairQueueTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int WORKERS = 10;

    private final FakeTicker ticker = new FakeTicker();

    @Test
    void aKeyOfANewGroupIsNextDespiteTenThousandOfAnother() {
        FairShare<ObjectKey> turns = turns(WORKERS);
        for (int i = 0; i < 10_000; i++) {
            turns.add(key("loud", i), 0);
        }
        turns.add(key("quiet", 0), 0);

        assertThat(List.of(polled(turns), polled(turns))).contains(key("quiet", 0));
    }

    @Test
    void groupsTakeTurns() {
        FairShare<ObjectKey> turns = turns(WORKERS);
        for (int i = 0; i < 3; i++) {
            turns.add(key("a", i), 0);
        }
        for (int i = 0; i < 3; i++) {
            turns.add(key("b", i), 0);
        }

        assertThat(pollAll(turns)).extracting(ObjectKey::namespace).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void keepsTheOrderWithinAGroup() {
        FairShare<ObjectKey> turns = turns(WORKERS);
        for (int i = 0; i < 5; i++) {
            turns.add(key("a", i), 0);
        }

        assertThat(pollAll(turns)).extracting(ObjectKey::name).containsExactly("k0", "k1", "k2", "k3", "k4");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10, 11})
    void aSingleGroupGetsAllWorkers(int workers) {
        FairShare<ObjectKey> turns = turns(workers);
        for (int i = 0; i < 100; i++) {
            turns.add(key("a", i), 0);
        }

        assertThat(pollAll(turns)).hasSize(workers);
    }

    @Test
    void aGroupGetsAtMostHalfOfTheWorkersWhileOthersWait() {
        FairShare<ObjectKey> turns = turns(WORKERS);
        for (String group : List.of("a", "b", "c")) {
            for (int i = 0; i < 100; i++) {
                turns.add(key(group, i), 0);
            }
        }
        List<ObjectKey> taken = pollAll(turns);
        assertThat(taken).hasSize(WORKERS);

        // only runs of a continue: a does not get the places of the others
        for (int round = 0; round < 15; round++) {
            taken.stream().filter(key -> !key.namespace().equals("a")).toList().forEach(key -> {
                turns.done(key, 0);
                taken.remove(key);
            });
            taken.addAll(pollAll(turns));
            assertThat(taken.stream().filter(key -> key.namespace().equals("a")))
                    .hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void aGroupOnAllWorkersDoesNotReduceTheShareOfOthers() {
        FairShare<ObjectKey> turns = turns(WORKERS);
        for (int i = 0; i < 100; i++) {
            turns.add(key("loud", i), 0);
        }
        assertThat(pollAll(turns)).hasSize(WORKERS);

        for (int i = 0; i < 100; i++) {
            turns.add(key("quiet", i), 0);
        }

        assertThat(pollAll(turns)).hasSize(5).allMatch(key -> key.namespace().equals("quiet"));
    }

    @Test
    void noMoreKeysAreInProgressThanThreads() {
        Random random = new Random(7);
        for (int workers = 1; workers <= 12; workers++) {
            FairShare<ObjectKey> turns = turns(workers);
            List<ObjectKey> inWork = new ArrayList<>();
            for (int step = 0; step < 5_000; step++) {
                turns.add(key("n" + random.nextInt(1 + random.nextInt(6)), 1_000 * workers + step), 0);
                inWork.addAll(pollAll(turns));
                assertThat(inWork).hasSizeLessThanOrEqualTo(FairShare.threads(workers));
                assertThat(turns.groups() == 0 || inWork.size() >= workers)
                        .as("keys wait although workers are free")
                        .isTrue();
                while (random.nextInt(3) > 0 && !inWork.isEmpty()) {
                    turns.done(inWork.remove(random.nextInt(inWork.size())), 0);
                }
            }
        }
    }

    @Test
    void losesNoKeyAndRunsNoneTwiceConcurrently() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            WorkQueue<ObjectKey> queue = new WorkQueue<>(ticker, ControllerListener.NONE, 4, ObjectKey::namespace);
            Map<ObjectKey, Integer> owed = new HashMap<>();
            Set<ObjectKey> inWork = new HashSet<>();
            for (int step = 0; step < 2_000; step++) {
                ObjectKey key = key("n" + random.nextInt(4), random.nextInt(5));
                queue.add(key);
                owed.put(key, 1);
                if (random.nextBoolean() && inWork.size() < 3 && queue.stats().depth() > 0) {
                    ObjectKey taken = queue.take().orElseThrow();
                    assertThat(inWork.add(taken)).isTrue();
                    owed.remove(taken);
                }
                if (random.nextBoolean() && !inWork.isEmpty()) {
                    finish(queue, inWork);
                }
            }
            while (!inWork.isEmpty()) {
                finish(queue, inWork);
            }
            while (!owed.isEmpty()) {
                ObjectKey taken = queue.take().orElseThrow();
                owed.remove(taken);
                queue.done(taken);
            }
            assertThat(queue.stats().depth()).isZero();
        }
    }

    @Test
    void aNamespaceRunsAtOnceWhileAnotherHangsOnAllWorkers() {
        CountDownLatch end = new CountDownLatch(1);
        Set<ObjectKey> hanging = ConcurrentHashMap.newKeySet();
        AtomicBoolean ran = new AtomicBoolean();
        Controller<ObjectKey> controller = controller(key -> {
            if (key.namespace().equals("quiet")) {
                ran.set(true);
            } else {
                hanging.add(key);
                end.await();
            }
            return Result.done();
        });
        for (int i = 0; i < 100; i++) {
            controller.enqueue(key("loud", i));
        }
        controller.start();
        await().until(() -> hanging.size() == WORKERS);

        controller.enqueue(key("quiet", 0));

        await().until(ran::get);
        assertThat(hanging).hasSize(WORKERS);
        ticker.advance(LIMIT.plusMinutes(2));
        assertThat(controller.isWedged()).as("with one hanging namespace").isFalse();
        end.countDown();
        await().until(() -> hanging.size() == 100);
        controller.stop(Duration.ofSeconds(10));
    }

    @Test
    void aStandbyRemembersOnlyExistingObjects() {
        Controller<ObjectKey> controller = controller(key -> Result.done());
        controller.pause(Duration.ZERO);

        for (int i = 0; i < 100_000; i++) {
            controller.enqueue(key("loud", i));
            controller.enqueueAfter(key("loud", i), LIMIT);
            controller.gone(key("loud", i));
        }

        assertThat(controller.stats().depth()).isZero();
        assertThat(controller.stats().delayed()).isZero();
    }

    @Test
    void anActiveControllerRunsADeletedObjectOnceMore() {
        Set<ObjectKey> ran = ConcurrentHashMap.newKeySet();
        Controller<ObjectKey> controller = controller(key -> {
            ran.add(key);
            return Result.done();
        });
        controller.start();

        controller.gone(key("a", 1));

        await().until(() -> ran.contains(key("a", 1)));
        controller.stop(Duration.ofSeconds(10));
    }

    private Controller<ObjectKey> controller(Reconciler<ObjectKey> reconciler) {
        ControllerOptions options =
                ControllerOptions.named("test").withWorkers(WORKERS).withTimeout(LIMIT);
        return new Controller<>(
                options, reconciler, () -> true, ControllerListener.NONE, ticker, Optional.of(ObjectKey::namespace));
    }

    private static void finish(WorkQueue<ObjectKey> queue, Collection<ObjectKey> inWork) {
        ObjectKey key = inWork.iterator().next();
        inWork.remove(key);
        queue.done(key);
    }

    private static FairShare<ObjectKey> turns(int workers) {
        return new FairShare<>(workers, ObjectKey::namespace);
    }

    private static ObjectKey polled(FairShare<ObjectKey> turns) {
        return Optional.ofNullable(turns.poll(0)).orElseThrow();
    }

    private static List<ObjectKey> pollAll(FairShare<ObjectKey> turns) {
        List<ObjectKey> keys = new ArrayList<>();
        for (ObjectKey key = turns.poll(0); key != null; key = turns.poll(0)) {
            keys.add(key);
        }
        return keys;
    }

    private static ObjectKey key(String namespace, int number) {
        return new ObjectKey(namespace, "k" + number);
    }
}
