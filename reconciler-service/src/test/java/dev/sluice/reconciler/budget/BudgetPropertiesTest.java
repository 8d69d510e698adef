package dev.sluice.reconciler.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Concurrent random runs: the total stays within the limit, and every run ends. */
class BudgetPropertiesTest {

    private static final long LIMIT = 3_000;
    private static final int WORKERS = 4;
    private static final int TREES = 6;
    private static final int STEPS_PER_RUN = 200;

    private final JumpingTicker ticker = new JumpingTicker();
    private ProcessBudget process = new ProcessBudget(BudgetLimits.defaults(), ticker);
    private final Map<Integer, BudgetShare> cache = new HashMap<>();

    /** The next step of a run: takes bytes, or uses a tree of its number times a hundred bytes. */
    private record Step(long bytes, int tree) {}

    private final class SimulatedRun {

        private final ObjectKey key;
        private final List<Step> steps;
        private final List<BudgetShare> pins = new ArrayList<>();
        private RunBudget budget = process.open(new ObjectKey("x", "unused"));
        private int next;
        private boolean done;

        SimulatedRun(ObjectKey key, List<Step> steps) {
            this.key = key;
            this.steps = steps;
            budget.close();
        }

        /** Whether the run still occupies a worker. */
        boolean advance() throws IOException {
            if (next == 0) {
                budget = process.open(key);
            }
            try {
                if (next < steps.size()) {
                    perform(steps.get(next++));
                    return true;
                }
                done = true;
            } catch (BudgetWaitException e) {
                next = 0;
            }
            end();
            return false;
        }

        private void end() {
            pins.forEach(budget::unpin);
            pins.clear();
            budget.close();
            next = 0;
        }

        private void perform(Step step) throws IOException {
            if (step.tree() == 0) {
                budget.takeHeap("result", step.bytes());
                return;
            }
            BudgetShare tree = cache.get(step.tree());
            if (tree == null || !budget.pin(tree)) {
                tree = budget.takeHeap("tree", step.tree() * 100L);
                BudgetShare made = tree;
                cache.put(step.tree(), made);
                made.moveToCache(() -> {
                    cache.remove(step.tree(), made);
                    made.close();
                });
            }
            pins.add(tree);
        }
    }

    @Property(tries = 300)
    void everyRunThatFitsAloneEnds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int count)
            throws IOException {
        Random random = new Random(seed);
        process = new ProcessBudget(BudgetLimits.defaults().withHeapBytes(LIMIT), ticker);
        cache.clear();
        List<SimulatedRun> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(new SimulatedRun(new ObjectKey("n" + random.nextInt(3), "g" + i), steps(random)));
        }
        List<SimulatedRun> working = new ArrayList<>();
        for (int step = 0; !(waiting.isEmpty() && working.isEmpty()); step++) {
            assertThat(step).as("steps of %d runs", count).isLessThan(count * STEPS_PER_RUN);
            while (working.size() < WORKERS && !waiting.isEmpty()) {
                working.add(waiting.remove(0));
            }
            SimulatedRun run = working.get(random.nextInt(working.size()));
            if (!run.advance()) {
                working.remove(run);
                if (!run.done) {
                    waiting.add(run);
                }
            }
            ticker.advance(Duration.ofMillis(10));
            assertThat(process.heap().usedBytes()).isLessThanOrEqualTo(LIMIT);
        }
        Iterator<BudgetShare> kept = List.copyOf(cache.values()).iterator();
        kept.forEachRemaining(BudgetShare::close);
        assertThat(process.heap()).isEqualTo(new PoolStats(0, LIMIT, 0));
    }

    /** At most 2,000 in total, trees of 100 to 600 included. */
    private static List<Step> steps(Random random) {
        List<Step> steps = new ArrayList<>();
        long left = LIMIT / 3 * 2;
        for (int i = random.nextInt(6); i >= 0; i--) {
            int tree = random.nextInt(TREES + 1);
            long bytes = tree == 0 ? random.nextLong(LIMIT / 2) : tree * 100L;
            if (bytes <= left) {
                left -= bytes;
                steps.add(new Step(bytes, tree));
            }
        }
        return steps;
    }
}
