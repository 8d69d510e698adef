package dev.sluice.reconciler.offline;

import picocli.CommandLine.Option;

/** {@code --help} on every command. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    boolean help;
}
