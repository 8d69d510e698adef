package dev.sluice.launcher;

import dev.sluice.launcher.process.JvmFlags;
import dev.sluice.launcher.view.Hints;
import dev.sluice.launcher.view.Terminal;
import dev.sluice.launcher.view.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogManager;

/**
 * A run of the examples after which both services write archives of their classes, as this process does if its own flags
 * say so. {@code ./sluice dev} starts in about half the time with them. The script {@code sluice} calls it after a build.
 */
public final class DevTraining {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofMinutes(2);
    private static final String READY = "Ready: ";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private DevTraining() {}

    /** Exits with 1 and a message if the examples do not become ready. */
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset(); // hides Tomcat's log
        System.exit(new DevTraining().run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        DevOptions options = Examples.options(Ports.free(), null, "info");
        Terminal terminal = new Terminal(out, false);
        try (DataDirectory data = DataDirectory.open(null);
                DevStack stack = new DevStack(
                        options, data, terminal, JvmFlags.ofSystem().writing())) {
            TerminalView view = new TerminalView(terminal, new Hints(stack.apiUri()), Instant.now());
            stack.start(view, (service, code) -> terminal.problem("service", service.name() + " exited"));
            boolean ready = isReady();
            view.showWhenQuiet(Duration.ZERO);
            if (!ready || !stack.stopServices(END_LIMIT)) {
                System.err.println(printed.toString(StandardCharsets.UTF_8));
                return false;
            }
            return true;
        }
    }

    private boolean isReady() {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (!printed.toString(StandardCharsets.UTF_8).contains(READY)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return true;
    }
}
