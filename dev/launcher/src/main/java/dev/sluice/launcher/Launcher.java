package dev.sluice.launcher;

import java.util.logging.LogManager;
import picocli.CommandLine;

/** Entry point of {@code ./sluice dev}. */
public final class Launcher {

    /** What a shell reports of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private Launcher() {}

    /** Runs until it is interrupted; exits with 0, 1 when it cannot start, 2 for wrong arguments. */
    public static void main(String[] args) {
        LogManager.getLogManager().reset(); // Tomcat's own lines would run through the board
        CommandLine command = new CommandLine(new DevCommand());
        command.setExecutionExceptionHandler((e, line, result) -> {
            if (e instanceof InterruptedException) {
                return INTERRUPTED; // Ctrl-C while things started
            }
            line.getErr().println("sluice dev: " + e.getMessage());
            return 1;
        });
        command.setParameterExceptionHandler((wrong, given) -> {
            // what is wrong, and where to read on; the whole help would hide it
            wrong.getCommandLine().getErr().println("sluice dev: " + wrong.getMessage() + "; see ./sluice dev --help");
            return wrong.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
        });
        System.exit(command.execute(args));
    }
}
