package dev.sluice.launcher;

import dev.sluice.launcher.process.JvmFlags;
import dev.sluice.launcher.process.ServiceProcess;
import dev.sluice.launcher.view.Hints;
import dev.sluice.launcher.view.Terminal;
import dev.sluice.launcher.view.TerminalView;
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
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final AtomicReference<@Nullable Thread> startThread = new AtomicReference<>();

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
                DevStack stack = new DevStack(options, data, terminal, JvmFlags.ofSystem())) {
            terminal.print("console: http://127.0.0.1:%d/ (once the reconciler is ready)"
                    .formatted(options.ports().console()));
            TerminalView view = new TerminalView(terminal, new Hints(stack.apiUri()), startOfProcess());
            start(stack, view);
            terminal.print("press Ctrl-C to stop; data and logs are in %s%s"
                    .formatted(data.root(), options.data() == null ? " (temporary)" : ""));
            while (!stopRequested.await(100, TimeUnit.MILLISECONDS)) {
                view.showWhenQuiet(QUIET);
            }
        } finally {
            cleanedUp.countDown();
        }
        return 0;
    }

    /** Ctrl-C during startup interrupts the start, so that the processes already running are stopped in time. */
    private void start(DevStack stack, TerminalView view) throws IOException, InterruptedException {
        startThread.set(Thread.currentThread());
        try {
            stack.start(view, this::serviceEnded);
        } finally {
            startThread.set(null);
        }
    }

    /** Start time of the JVM: the durations that are shown include the JVM's startup. */
    private static Instant startOfProcess() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    private void serviceEnded(ServiceProcess service, int exitCode) {
        if (stopRequested.getCount() == 0) {
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
        stopRequested.countDown();
        Thread starter = startThread.get();
        if (starter != null) {
            starter.interrupt();
        }
        try {
            cleanedUp.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
