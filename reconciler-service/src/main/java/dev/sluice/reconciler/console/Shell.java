package dev.sluice.reconciler.console;

/**
 * What all pages show.
 *
 * @param title of the page
 * @param role of this replica
 * @param notice about incomplete data; empty if there is none
 */
record Shell(String title, String role, String notice, String version) {}
