package dev.sluice.artifact.storage;

import java.io.IOException;

/**
 * Asked right before a storage changes what others see: before a file gets its name, and before each file is deleted. A
 * process that may write only while it leads, and may have been paused since it looked last, refuses here.
 */
@FunctionalInterface
public interface WriteFence {

    /** Lets everything pass. */
    WriteFence OPEN = () -> {};

    /**
     * Returns if the change may be made now.
     *
     * @throws IOException if not; nothing has been changed, and temp files of the attempt are removed
     */
    void check() throws IOException;
}
