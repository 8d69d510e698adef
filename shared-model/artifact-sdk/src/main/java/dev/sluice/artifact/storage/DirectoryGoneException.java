package dev.sluice.artifact.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The directory was removed while its lock was waited for: make it again, and try again. */
final class DirectoryGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    DirectoryGoneException(Path directory, NoSuchFileException cause) {
        super("cannot lock directory '" + directory + "': it does not exist", cause);
    }
}
