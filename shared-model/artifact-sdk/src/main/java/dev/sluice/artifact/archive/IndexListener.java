package dev.sluice.artifact.archive;

import java.io.IOException;

/** Told of the entries of an archive while it is read, so that memory can be counted before it is used. */
public interface IndexListener {

    /** Does nothing. */
    IndexListener NONE = (name, entries, pathLength) -> {};

    /**
     * An entry is about to be added to the tree, and its parents with it, as far as they are not there.
     *
     * @param name as the archive has it, not checked yet
     * @param entries of the tree so far, parents included
     * @param pathLength characters of the paths of these entries, added up
     * @throws IOException to end the reading
     */
    void adding(String name, int entries, long pathLength) throws IOException;
}
