package dev.sluice.artifact.archive;

import java.io.IOException;

/** Called before each entry of an archive is indexed, for example to limit memory use. */
public interface IndexListener {

    /** A listener that does nothing. */
    IndexListener NONE = (name, entries, pathLength) -> {};

    /**
     * Called before an entry and its missing parents are added to the tree.
     *
     * @param name the name in the archive, not yet validated
     * @param entries number of entries of the tree so far, including parents
     * @param pathLength total length of the paths of these entries in characters
     * @throws IOException to abort reading
     */
    void adding(String name, int entries, long pathLength) throws IOException;
}
