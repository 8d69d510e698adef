package dev.sluice.reconciler.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Uses 300 bytes of heap: a lane of 200 and a shared part of 100, of which a namespace may use as much as it leaves. */
class ProcessBudgetTest {

    private static final ObjectKey A = new ObjectKey("a", "one");
    private static final ObjectKey A2 = new ObjectKey("a", "two");
    private static final ObjectKey B = new ObjectKey("b", "one");
    private static final ObjectKey C = new ObjectKey("c", "one");

    private final JumpingTicker ticker = new JumpingTicker();
    private final ProcessBudget process =
            new ProcessBudget(BudgetLimits.defaults().withHeapBytes(300).withRun(10, 2, 100, 100), ticker);

    @Test
    void countsAgainstTheLimitsOfARun() throws IOException {
        try (RunBudget run = process.open(A)) {
            run.takeCopiedEntries("artifact 'app'", 10);
            run.takeArtifacts("the generator", 2);
            run.takeOutputBytes("artifact 'app'", 60);

            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> run.takeCopiedEntries("artifact 'app'", 1))
                    .withMessage("artifact 'app' exceeds a limit: 11 copied files and directories, but"
                            + " --run-max-copied-entries allows 10; narrow the copy operations' globs or raise"
                            + " --run-max-copied-entries");
            assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> run.takeArtifacts("it", 1));
            assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> run.takeOutputBytes("it", 41));
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> run.takeOutputBytes("it", Long.MAX_VALUE));
        }
    }

    @Test
    void returnsAllSharesAtTheEndOfARun() throws IOException {
        RunBudget run = process.open(A);
        run.takeHeap("a tree", 40);
        run.takeDisk("a spool", 7);
        assertThat(process.heap().usedBytes()).isEqualTo(40);
        assertThat(process.disk().usedBytes()).isEqualTo(7);

        run.close();
        run.close();

        assertThat(process.heap().usedBytes()).isZero();
        assertThat(process.disk().usedBytes()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> run.takeHeap("a tree", 1));
    }

    @Test
    void returnsAShareOnce() throws IOException {
        try (RunBudget run = process.open(A)) {
            run.takeHeap("other", 10);
            BudgetShare share = run.takeHeap("a tree", 20);
            share.grow(5);
            share.shrinkTo(15);
            assertThat(process.heap().usedBytes()).isEqualTo(25);

            share.close();
            share.close();

            assertThat(process.heap().usedBytes()).isEqualTo(10);
            assertThatIllegalStateException().isThrownBy(() -> share.grow(1));
        }
    }

    @Test
    void rejectsARequestThatCanNeverFit() throws IOException {
        try (RunBudget run = process.open(A)) {
            BudgetShare share = run.takeHeap("source 'repo'", 150);
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> share.grow(51))
                    .withMessage("source 'repo' exceeds a limit: 201 bytes of heap, but --heap-budget allows 200; use"
                            + " smaller sources or split the generator or raise --heap-budget");
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> share.grow(Long.MAX_VALUE))
                    .matches(e -> e.limit() == Limit.HEAP_BYTES);
            share.grow(50);
            assertThatIllegalArgumentException().isThrownBy(() -> share.grow(-1));
        }
    }

    @Test
    void aNamespaceCannotUseAllOfTheSharedPart() throws IOException {
        try (RunBudget one = process.open(A);
                RunBudget two = process.open(A2);
                RunBudget victim = process.open(B)) {
            one.takeHeap("a", 200); // the lane
            two.takeHeap("a2", 50);

            assertThatExceptionOfType(BudgetWaitException.class)
                    .isThrownBy(() -> two.takeHeap("a2", 1))
                    .withMessage("a2 waits for 1 bytes of heap: other runs use all that --heap-budget allows;"
                            + " retrying automatically")
                    .matches(e -> e.retryAfter().equals(Duration.ofSeconds(1)));
            victim.takeHeap("b", 25);
            assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> victim.takeHeap("b", 1));
            two.takeHeap("a2", 0);

            assertThat(process.heap()).isEqualTo(new PoolStats(275, 300, 2));
        }
    }

    @Test
    void aSmallRunDoesNotWaitBehindLargeOnes() throws IOException {
        ProcessBudget large = new ProcessBudget(BudgetLimits.defaults().withHeapBytes(3000), ticker);
        List<RunBudget> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RunBudget run = large.open(new ObjectKey("large" + i, "one"));
            runs.add(run);
            if (i == 0) {
                run.takeHeap("the lane", 2000);
            } else {
                assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> {
                    while (true) {
                        run.takeHeap("all that it gets", 1);
                    }
                });
            }
        }

        for (int i = 0; i < 10; i++) {
            RunBudget small = large.open(new ObjectKey("small" + i, "one"));
            runs.add(small);
            small.takeHeap("a small tree", 1);
        }

        assertThat(large.heap().waiting()).isEqualTo(5);
        runs.forEach(RunBudget::close);
    }

    @Test
    void aRunThatFinallyGetsItsShareKeepsNoPlaceInTheLine() throws IOException {
        RunBudget holder = process.open(C);
        holder.takeHeap("c", 200);
        RunBudget neighbour = process.open(A2);
        neighbour.takeHeap("a2", 50);
        ticker.duringWait(neighbour::close);

        try (RunBudget run = process.open(A)) {
            run.takeHeap("a", 20);
            assertThat(process.heap().waiting()).isEqualTo(1);
        }

        assertThat(process.heap().waiting()).isZero();
        holder.close();
    }

    @Test
    void aWaitingRunRestartsOnItsTurnOnly() throws IOException {
        RunBudget holder = process.open(C);
        holder.takeHeap("c", 200);
        mustWait(A);

        try (RunBudget run = process.open(A)) {
            assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> run.takeTurn("the run"));
        }
        try (RunBudget other = process.open(B)) {
            other.takeTurn("a run that does not wait");
        }
        holder.close();
        try (RunBudget run = process.open(A)) {
            run.takeTurn("the run");
            run.takeHeap("all of the lane", 200);
        }
    }

    @Test
    void aWaitingRunRestartsWhenThereIsEnoughCapacity() throws IOException {
        RunBudget holder = process.open(C);
        holder.takeHeap("c", 200);
        RunBudget neighbour = process.open(A2);
        neighbour.takeHeap("a2", 40);
        try (RunBudget run = process.open(A)) {
            assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> run.takeHeap("a", 20));
        }
        try (RunBudget run = process.open(A)) {
            assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> run.takeTurn("a"));
        }

        neighbour.close();

        try (RunBudget run = process.open(A)) {
            run.takeTurn("a");
            run.takeHeap("a", 20);
        }
        holder.close();
    }

    @Test
    void givesTheLaneToNamespacesInTurn() throws IOException {
        List<ObjectKey> notified = new ArrayList<>();
        process.onTurn(notified::add);
        RunBudget holder = process.open(C);
        holder.takeHeap("c", 200);
        mustWait(A);
        mustWait(A2);
        mustWait(B);

        holder.close();
        mustWait(B);
        mustWait(A2);
        mustNotWait(A);
        mustWait(A2);
        mustNotWait(B);
        mustNotWait(A2);

        assertThat(notified).containsExactly(A, B, A2);
    }

    @Test
    void skipsAGeneratorThatMissesItsTurn() throws IOException {
        RunBudget holder = process.open(C);
        holder.takeHeap("c", 200);
        mustWait(A);
        mustWait(B);
        holder.close();

        mustWait(B);
        ticker.advance(WaitingLine.TURN);

        mustNotWait(B);
        assertThat(process.heap().waiting()).isEqualTo(1);
        mustNotWait(A);
    }

    @Test
    void removesAPlaceWhoseGeneratorDoesNotReturn() throws IOException {
        RunBudget holder = process.open(C);
        holder.takeHeap("c", 200);
        mustWait(A);
        ticker.advance(WaitingLine.FORGOTTEN.plusSeconds(1));
        holder.close();

        mustNotWait(B);
    }

    @Test
    void evictsIdleCachedShares() throws IOException {
        BudgetShare kept = kept(A, 50);
        assertThat(process.heap().usedBytes()).isEqualTo(50);

        try (RunBudget other = process.open(B)) {
            other.takeHeap("b", 40);
            assertThat(process.heap().usedBytes()).isEqualTo(90);
            other.takeHeap("b", 10);
            assertThat(process.heap().usedBytes()).isEqualTo(100);
            try (RunBudget third = process.open(C)) {
                third.takeHeap("c", 25);
                assertThat(third.pin(kept)).isFalse();
            }
        }
        assertThat(process.heap().usedBytes()).isZero();
    }

    @Test
    void chargesPinnedSharesToTheRunsThatPinThem() throws IOException {
        BudgetShare kept = kept(A, 50);
        try (RunBudget user = process.open(B);
                RunBudget other = process.open(C);
                RunBudget large = process.open(A)) {
            assertThat(user.pin(kept)).isTrue();
            assertThat(user.pin(kept)).isTrue();
            assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> user.takeHeap("b", 151));
            other.takeHeap("c", 25);
            large.takeHeap("a", 200);
            assertThat(process.heap().usedBytes()).isEqualTo(275);

            user.unpin(kept);
            assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> other.takeHeap("c", 1));
            user.unpin(kept);
            user.takeHeap("b", 37);
            assertThat(process.heap().usedBytes()).isEqualTo(262);
        }
    }

    @Test
    void onlyTheLaneOwnerUsesCachedSharesInTheLane() throws IOException {
        BudgetShare kept = kept(A, 200);
        try (RunBudget holder = process.open(B)) {
            assertThat(holder.pin(kept)).isTrue();
            try (RunBudget other = process.open(C)) {
                assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> other.pin(kept));
            }
            holder.unpin(kept);
        }
        try (RunBudget next = process.open(C)) {
            next.takeHeap("c", 180);
            assertThat(process.heap().usedBytes()).isEqualTo(180);
        }
    }

    @Test
    void othersUseASmallCachedShareOfTheLane() throws IOException {
        BudgetShare idle = kept(C, 40);
        BudgetShare idleToo = kept(C, 40);
        try (RunBudget large = process.open(A);
                RunBudget small = process.open(B)) {
            large.takeHeap("a", 150);
            BudgetShare tree = large.takeHeap("a small source", 30);
            tree.moveToCache(tree::close);

            assertThat(small.pin(tree)).isTrue();

            large.unpin(tree);
            assertThat(tree.bytes()).isEqualTo(30);
            assertThat(idle.bytes() + idleToo.bytes()).isEqualTo(40);
            large.takeHeap("a", 50);
            assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> small.takeHeap("b", 21));
            small.takeHeap("b", 20);
            small.unpin(tree);
        }
    }

    @Test
    void anInterruptEndsTheWait() throws IOException {
        ProcessBudget real = new ProcessBudget(BudgetLimits.defaults().withHeapBytes(300));
        try (RunBudget holder = real.open(A);
                RunBudget waiting = real.open(B)) {
            holder.takeHeap("a", 200);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> waiting.takeHeap("b", 60));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void limitsArePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BudgetLimits.defaults().withRun(0, 1, 1, 1))
                .withMessage("invalid --run-max-copied-entries: 0: must be positive");
    }

    private BudgetShare kept(ObjectKey by, long bytes) throws IOException {
        try (RunBudget run = process.open(by)) {
            BudgetShare share = run.takeHeap("kept", bytes);
            share.moveToCache(share::close);
            run.unpin(share);
            return share;
        }
    }

    /** Requires more than a namespace's part of the shared capacity. */
    private void mustWait(ObjectKey key) {
        try (RunBudget run = process.open(key)) {
            assertThatExceptionOfType(BudgetWaitException.class).isThrownBy(() -> run.takeHeap("it", 60));
        }
    }

    private void mustNotWait(ObjectKey key) throws IOException {
        try (RunBudget run = process.open(key)) {
            run.takeHeap("it", 200);
        }
    }
}
