package dev.sluice.artifact.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Thrown if the directory was removed while waiting for its lock. The caller must create it and retry. */
final class DirectoryGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    DirectoryGoneException(Path directory, NoSuchFileException cause) {
        super("cannot lock directory '" + directory + "': it does not exist", cause);
    }
}
