package dev.sluice.reconciler.console;

import java.util.List;

/**
 * A file of a stored archive.
 *
 * @param files the address of the list of files
 * @param provenance the address of its provenance
 * @param download the address of the whole file
 * @param language of the text, in the names of highlight.js; empty if it is unknown
 * @param note about what is not shown; empty if all is
 * @param lines the text; empty if it is not text
 */
record FilePage(
        Shell shell,
        String artifact,
        String name,
        String files,
        String path,
        String mode,
        String size,
        String digest,
        String provenance,
        String download,
        String language,
        String note,
        List<String> lines) {}
