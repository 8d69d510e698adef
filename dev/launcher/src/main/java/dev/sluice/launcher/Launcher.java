package dev.sluice.launcher;

import java.util.logging.LogManager;
import picocli.CommandLine;

/** Entry point of {@code ./sluice dev}. */
public final class Launcher {

    /** Exit code of a program that was interrupted by Ctrl-C (128 + SIGINT). */
    private static final int INTERRUPTED = 130;

    private Launcher() {}

    /** Runs until interrupted. Exit codes: 0, 1 if it cannot start, 2 for invalid arguments. */
    public static void main(String[] args) {
        LogManager.getLogManager().reset(); // hides Tomcat's log
        CommandLine command = new CommandLine(new DevCommand());
        command.setExecutionExceptionHandler((e, line, result) -> {
            if (e instanceof InterruptedException) {
                return INTERRUPTED; // Ctrl-C during startup
            }
            line.getErr().println("sluice dev: " + e.getMessage());
            return 1;
        });
        command.setParameterExceptionHandler((wrong, given) -> {
            // one line instead of picocli's whole help, which would hide the error
            wrong.getCommandLine().getErr().println("sluice dev: " + wrong.getMessage() + "; see ./sluice dev --help");
            return wrong.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
        });
        System.exit(command.execute(args));
    }
}
