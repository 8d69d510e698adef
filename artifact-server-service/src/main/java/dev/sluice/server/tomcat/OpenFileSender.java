package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.Constants;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hands an open file to the request's connection, which sends it after the handler has returned. Tomcat's own sendfile
 * takes a file name and opens the file later, when it may have been deleted or replaced.
 */
@Component
public final class OpenFileSender {

    private static final ThreadLocal<@Nullable FileDownload> HANDED_OVER = new ThreadLocal<>();

    private volatile @Nullable OpenFileProtocol protocol;

    /** Called when the connector is created, before the first request. */
    void attach(OpenFileProtocol connector) {
        protocol = connector;
    }

    /** Whether the request's connection can send open files. */
    public boolean canSend(HttpServletRequest request) {
        return protocol != null && Boolean.TRUE.equals(request.getAttribute(Constants.SENDFILE_SUPPORTED_ATTR));
    }

    /** Records how long the handler of a request waited for the volume. */
    public void waitedForVolume(long nanos) {
        OpenFilePoller.recordAccess(nanos, 0);
    }

    /**
     * Commits the response and hands over the file. All headers must be set. The file is closed in any case, after its
     * last byte or when the connection is closed.
     *
     * @throws IOException if the client has disconnected
     */
    public void send(HttpServletRequest request, HttpServletResponse response, FileDownload file) throws IOException {
        HANDED_OVER.set(file);
        request.setAttribute(Constants.SENDFILE_FILENAME_ATTR, "handed over");
        request.setAttribute(Constants.SENDFILE_FILE_START_ATTR, 0L);
        request.setAttribute(Constants.SENDFILE_FILE_END_ATTR, 0L);
        try {
            // the connection takes the file here, so that this method can close it otherwise
            response.flushBuffer();
        } finally {
            FileDownload notTaken = takeHandedOver();
            if (notTaken != null) {
                notTaken.close();
            }
        }
    }

    /** Takes the file that this thread handed over; null if there is none or it was taken. */
    static @Nullable FileDownload takeHandedOver() {
        FileDownload file = HANDED_OVER.get();
        HANDED_OVER.set(null);
        return file;
    }
}
