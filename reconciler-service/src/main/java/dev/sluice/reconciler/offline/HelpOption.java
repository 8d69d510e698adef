package dev.sluice.reconciler.offline;

import picocli.CommandLine.Option;

/** The {@code --help} option of every command. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
