package dev.sluice.artifact.storage;

import java.io.IOException;

/** Asked once more, when files are out of everybody's way already and can still be put back. */
@FunctionalInterface
public interface RemovalCheck {

    /**
     * Whether nobody wants the files.
     *
     * @throws IOException if that is not known; they are put back then
     */
    boolean isUnwanted() throws IOException;
}
