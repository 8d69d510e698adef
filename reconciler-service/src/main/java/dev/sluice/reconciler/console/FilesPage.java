package dev.sluice.reconciler.console;

import java.util.List;

/**
 * The files of a stored archive.
 *
 * @param artifact the address of the artifact's page
 * @param name of the artifact
 * @param revision the name of the archive
 * @param find the text that the paths contain; empty for all
 * @param more the number of entries that are not shown
 */
record FilesPage(
        Shell shell,
        String artifact,
        String name,
        String revision,
        String find,
        List<Line> files,
        int more,
        String total,
        String download) {

    /**
     * A file or directory.
     *
     * @param address empty for a directory
     */
    record Line(String directory, String name, String address, String mode, String size) {}
}
