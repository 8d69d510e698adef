package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Formats an I/O error for the log without the file's name, which comes from the client. */
final class LoggedError {

    private LoggedError() {}

    static String of(IOException problem) {
        if (!(problem instanceof FileSystemException failure)) {
            return problem.toString();
        }
        String kind = failure.getClass().getName();
        String reason = failure.getReason();
        return reason == null ? kind : kind + ": " + reason;
    }
}
