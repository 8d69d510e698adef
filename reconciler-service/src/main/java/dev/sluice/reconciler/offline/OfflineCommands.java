package dev.sluice.reconciler.offline;

import com.google.gson.JsonArray;
import dev.sluice.runtime.ErrorText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Runs the commands that need no cluster. */
public final class OfflineCommands {

    private static final Set<String> NAMES = Set.of("build", "diff", "help");

    private OfflineCommands() {}

    @Command(
            name = "sluice",
            description = "Renders ArtifactGenerators locally. Other arguments start the reconciler service.",
            subcommands = {BuildCommand.class, DiffCommand.class, CommandLine.HelpCommand.class},
            synopsisSubcommandLabel = "COMMAND")
    private static final class Root {}

    /** Whether the arguments name one of these commands; others are for the service. */
    public static boolean handles(String[] args) {
        return args.length > 0 && NAMES.contains(args[0]);
    }

    /** Runs a command and returns its exit code: 0 success, 1 differences, 2 errors. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        disableLogging();
        // UTF-8 in every locale, as JSON and the names in it require
        PrintStream utf8 = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Progress progress = new Progress(errors, StandardError.isStandardError(), Clock.systemUTC());
        return run(args, new Streams(System.in, utf8, errors, progress));
    }

    /**
     * Disables logging, because standard output is for results and loading a logging system would take longer than the
     * work.
     */
    private static void disableLogging() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    }

    static int run(String[] args, Streams streams) {
        CommandLine root = new CommandLine(new Root())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((wrong, given) -> refuse(wrong, streams))
                .setExecutionStrategy(parsed -> execute(parsed, streams));
        root.getSubcommands().values().stream()
                .filter(command -> command.getCommand() instanceof OfflineCommand)
                .forEach(command -> command.addMixin("help", new HelpOption()));
        return root.execute(args);
    }

    /** Prints the error and a reference to the help, without the whole help text. */
    private static int refuse(CommandLine.ParameterException wrong, Streams streams) {
        streams.error("%s; see \"%s --help\""
                .formatted(
                        wrong.getMessage(),
                        wrong.getCommandLine().getCommandSpec().qualifiedName()));
        return ExitCode.ERRORS;
    }

    private static int execute(ParseResult parsed, Streams streams) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return ExitCode.FINE;
        }
        CommandLine command = parsed.subcommand().commandSpec().commandLine();
        return run((OfflineCommand) command.getCommand(), streams);
    }

    private static int run(OfflineCommand command, Streams streams) {
        try {
            return command.run(streams);
        } catch (IOException e) {
            String problem = ErrorText.describe(e);
            if (command.options().format == RenderOptions.Format.json) {
                streams.out().println(BuildReport.json(new JsonArray(), new JsonArray(), problem));
            }
            streams.error(problem);
            return ExitCode.ERRORS;
        }
    }
}
