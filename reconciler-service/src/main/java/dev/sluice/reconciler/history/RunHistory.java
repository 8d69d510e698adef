package dev.sluice.reconciler.history;

import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The last runs of each generator, at most {@link #MAX_RUNS}, and at most {@link #MAX_SIZE} runs and stages in all.
 * Beyond that, drops those of the generators that have not run for the longest time. Thread-safe.
 */
public final class RunHistory implements RunListener, Stages.Listener {

    static final int MAX_RUNS = 20;

    /** A run or a stage takes about 200 bytes, and at most 1.5 KiB. */
    static final int MAX_SIZE = 20_000;

    /** The run of the thread. */
    private static final ThreadLocal<@Nullable RunRecording> CURRENT = new ThreadLocal<>();

    private final Map<ObjectKey, Deque<PastRun>> runs = new LinkedHashMap<>();
    private final FetchTimes fetches = new FetchTimes();
    private final Clock clock;
    private int size;
    private final AtomicLong version = new AtomicLong();

    public RunHistory(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void began(ObjectKey generator) {
        CURRENT.set(new RunRecording(generator, clock.instant()));
    }

    @Override
    public void builds(String why) {
        RunRecording run = CURRENT.get();
        if (run != null) {
            run.builds(why);
        }
    }

    @Override
    public void ended(RunEnd result, String message, @Nullable NextRun next) {
        RunRecording run = CURRENT.get();
        CURRENT.remove();
        if (run == null) {
            return;
        }
        if (result == RunEnd.DELETED) {
            forget(run.generator());
        } else {
            add(run.generator(), run.end(clock.instant(), result, message, next));
        }
    }

    @Override
    public void ended(Stage stage, Object subject, Duration took) {
        StageTiming timing = new StageTiming(stage, subject.toString(), took);
        RunRecording run = CURRENT.get();
        if (run != null) {
            run.add(timing);
        } else {
            synchronized (this) {
                fetches.add(timing, clock.instant());
            }
        }
    }

    /** Adds the stages of a fetch to the first run that uses its result. */
    @Override
    public void acquired(String digest) {
        RunRecording run = CURRENT.get();
        if (run != null) {
            stagesOfFetch(run.generator(), digest).forEach(run::add);
        }
    }

    private synchronized List<StageTiming> stagesOfFetch(ObjectKey generator, String digest) {
        Instant lastRun = runs.getOrDefault(generator, new ArrayDeque<>()).stream()
                .filter(past -> past.result() != RunEnd.WAITING)
                .map(past -> past.started().plus(past.took()))
                .findFirst()
                .orElse(Instant.MIN);
        return fetches.since(lastRun, digest);
    }

    private synchronized void add(ObjectKey generator, PastRun ended) {
        Deque<PastRun> own = runs.remove(generator);
        if (own == null) {
            own = new ArrayDeque<>(1);
        }
        PastRun run = ended;
        PastRun last = own.peekFirst();
        if (last != null && last.isReplacedBy(run)) {
            size -= sizeOf(own.removeFirst());
            run = last.result() == RunEnd.WAITING ? run.waitingSince(beginningOf(last)) : run;
        }
        own.addFirst(run);
        size += sizeOf(run);
        if (own.size() > MAX_RUNS) {
            size -= sizeOf(own.removeLast());
        }
        runs.put(generator, own);
        shrink();
        version.incrementAndGet();
    }

    private static Instant beginningOf(PastRun run) {
        Instant since = run.waitingSince();
        return since == null ? run.started() : since;
    }

    private void shrink() {
        while (size > MAX_SIZE) {
            Map.Entry<ObjectKey, Deque<PastRun>> eldest =
                    runs.entrySet().iterator().next();
            size -= sizeOf(eldest.getValue().removeLast());
            if (eldest.getValue().isEmpty()) {
                runs.remove(eldest.getKey());
            }
        }
    }

    private static int sizeOf(PastRun run) {
        return 1 + run.slowest().size();
    }

    /** The last runs of a generator on this replica, newest first. */
    public synchronized List<PastRun> of(ObjectKey generator) {
        Deque<PastRun> own = runs.get(generator);
        return own == null ? List.of() : new ArrayList<>(own);
    }

    private synchronized void forget(ObjectKey generator) {
        Deque<PastRun> own = runs.remove(generator);
        if (own != null) {
            own.forEach(run -> size -= sizeOf(run));
        }
    }

    /** Changes with each run that ends. */
    public long version() {
        return version.get();
    }
}
