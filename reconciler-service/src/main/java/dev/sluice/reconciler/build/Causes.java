package dev.sluice.reconciler.build;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what the file system's exceptions say by their class alone, and what can be done. */
public final class Causes {

    private Causes() {}

    /** One line for people; never null and never empty. */
    public static String describe(Throwable cause) {
        if (cause instanceof FileSystemException failed) {
            return describeFile(failed);
        }
        if (cause instanceof ClosedByInterruptException) {
            return "interrupted";
        }
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
    }

    private static String describeFile(FileSystemException failed) {
        String file = failed.getFile();
        if (failed instanceof NoSuchFileException) {
            return "\"%s\" does not exist".formatted(file);
        }
        if (failed instanceof AccessDeniedException) {
            return "\"%s\" may not be accessed: check who owns it, and its mode".formatted(file);
        }
        if (failed instanceof NotDirectoryException) {
            return "\"%s\" is not a directory".formatted(file);
        }
        if (failed instanceof FileAlreadyExistsException) {
            return "\"%s\" is there already: remove it".formatted(file);
        }
        if (failed instanceof DirectoryNotEmptyException) {
            return "\"%s\" is a directory that is not empty: remove what is in it".formatted(file);
        }
        String reason = failed.getReason();
        return "\"%s\": %s".formatted(file, reason == null ? failed.getClass().getSimpleName() : reason);
    }
}
