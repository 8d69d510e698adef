package dev.sluice.reconciler.console;

/** The page that says why the requested page cannot be shown. */
record ProblemPage(Shell shell, String message) {}
