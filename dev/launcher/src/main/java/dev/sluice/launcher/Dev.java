package dev.sluice.launcher;

import dev.sluice.launcher.process.ServiceProcess;
import dev.sluice.launcher.view.Board;
import dev.sluice.launcher.view.Hints;
import dev.sluice.launcher.view.Terminal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run of {@code ./sluice dev}, from the checks to the clean-up. */
final class Dev {

    private static final Duration QUIET = Duration.ofMillis(700);
    private static final Duration STOP_LIMIT = Duration.ofMillis(4_500);
    private static final int LOG_LINES_SHOWN = 3;

    private final DevOptions options;
    private final Terminal terminal = Terminal.ofSystem();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Thread> starting = new AtomicReference<>();

    Dev(DevOptions options) {
        this.options = options;
    }

    /** Runs until Ctrl-C; returns the exit code. */
    int run() throws IOException, InterruptedException {
        List<String> problems = options.ports().inUse();
        if (!problems.isEmpty()) {
            problems.forEach(problem -> System.err.println("sluice dev: " + problem));
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
        try (DataDirectory data = DataDirectory.open(options.data());
                DevStack stack = new DevStack(options, data, terminal)) {
            Board board = new Board(terminal, new Hints(stack.apiUri()), startOfProcess());
            start(stack, board);
            terminal.print("press Ctrl-C to stop; data and logs are in %s%s"
                    .formatted(data.root(), options.data() == null ? " (temporary)" : ""));
            while (!asked.await(100, TimeUnit.MILLISECONDS)) {
                board.showWhenQuiet(QUIET);
            }
        } finally {
            ended.countDown();
        }
        return 0;
    }

    /** Ctrl-C during startup interrupts the start, so that the processes already running are stopped in time. */
    private void start(DevStack stack, Board board) throws IOException, InterruptedException {
        starting.set(Thread.currentThread());
        try {
            stack.start(board, this::serviceEnded);
        } finally {
            starting.set(null);
        }
    }

    /** Start time of the JVM: the durations that are shown include the JVM's startup. */
    private static Instant startOfProcess() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    private void serviceEnded(ServiceProcess service, int exitCode) {
        if (asked.getCount() == 0) {
            return; // Ctrl-C is also delivered to the child processes
        }
        String lines = String.join(System.lineSeparator(), service.lastLines(LOG_LINES_SHOWN));
        terminal.problem(
                "service",
                "%s exited with code %d, the others keep running; restart to recover; log: %s%n%s"
                        .formatted(service.name(), exitCode, service.log(), lines));
    }

    /** Runs in the shutdown hook; the JVM halts when it returns. */
    private void stopAndWait() {
        asked.countDown();
        Thread starter = starting.get();
        if (starter != null) {
            starter.interrupt();
        }
        try {
            ended.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
