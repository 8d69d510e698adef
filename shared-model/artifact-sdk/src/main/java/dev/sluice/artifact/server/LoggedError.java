package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Why the volume can not be read, as a log may show it: without the file, whose name is what the client asked for. */
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
