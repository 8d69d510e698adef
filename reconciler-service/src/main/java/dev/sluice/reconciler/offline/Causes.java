package dev.sluice.reconciler.offline;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what the file system's exceptions say by their class alone. */
final class Causes {

    private Causes() {}

    static String describe(Throwable cause) {
        if (cause instanceof NoSuchFileException missing) {
            return "\"%s\" does not exist".formatted(missing.getFile());
        }
        if (cause instanceof AccessDeniedException denied) {
            return "\"%s\" may not be accessed".formatted(denied.getFile());
        }
        if (cause instanceof NotDirectoryException file) {
            return "\"%s\" is not a directory".formatted(file.getFile());
        }
        if (cause instanceof FileSystemException failed && failed.getReason() == null) {
            return "\"%s\": %s".formatted(failed.getFile(), failed.getClass().getSimpleName());
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
