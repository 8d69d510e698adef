package dev.sluice.runtime;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Describes an exception in one line. The message of a file system exception is only the file name; this adds the cause
 * and what to do.
 */
public final class ErrorText {

    private ErrorText() {}

    /** Returns one line, never empty. */
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
            return "\"%s\": permission denied; check owner and mode".formatted(file);
        }
        if (failed instanceof NotDirectoryException) {
            return "\"%s\" is not a directory".formatted(file);
        }
        if (failed instanceof FileAlreadyExistsException) {
            return "\"%s\" already exists; remove it".formatted(file);
        }
        if (failed instanceof DirectoryNotEmptyException) {
            return "\"%s\" is a directory that is not empty; remove its content".formatted(file);
        }
        String reason = failed.getReason();
        return "\"%s\": %s".formatted(file, reason == null ? failed.getClass().getSimpleName() : reason);
    }
}
