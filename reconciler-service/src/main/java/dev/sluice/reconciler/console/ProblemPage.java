package dev.sluice.reconciler.console;

/** A page that says why there is no other one. */
record ProblemPage(Shell shell, String message) {}
