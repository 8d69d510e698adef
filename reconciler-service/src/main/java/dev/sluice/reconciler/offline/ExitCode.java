package dev.sluice.reconciler.offline;

/** Exit codes of the commands. */
final class ExitCode {

    static final int FINE = 0;
    static final int DIFFERENT = 1;
    static final int ERRORS = 2;

    private ExitCode() {}
}
