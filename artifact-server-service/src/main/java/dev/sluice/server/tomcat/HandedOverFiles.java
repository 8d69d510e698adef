package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import org.jspecify.annotations.Nullable;

/**
 * Open files between the handler that found them and the connection that sends them. Tomcat knows a file to send by its
 * name only, and opens it after the handler has returned: by then the name may be gone or stand for other bytes. So the
 * handler leaves the open file here, in place of the name, and the connection takes it in the same thread.
 */
final class HandedOverFiles {

    private static final ThreadLocal<@Nullable FileDownload> WAITING = new ThreadLocal<>();

    /** Leaves a file; whoever left it takes it back in case that no connection did. */
    void leave(FileDownload file) {
        WAITING.set(file);
    }

    /** Takes the file that this thread left, once; null afterwards. */
    @Nullable
    FileDownload take() {
        FileDownload file = WAITING.get();
        WAITING.set(null);
        return file;
    }
}
