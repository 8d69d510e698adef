package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.Constants;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hands an open file to the connection of a request, which sends it after the handler has returned. Tomcat's own sendfile
 * takes the name of a file and opens it later: by then the name may be gone or stand for other bytes.
 */
@Component
public final class OpenFileSender {

    private static final ThreadLocal<@Nullable FileDownload> HANDED_OVER = new ThreadLocal<>();

    private volatile @Nullable OpenFileProtocol protocol;

    /** Called when the connector is created, before the first request. */
    void attach(OpenFileProtocol connector) {
        protocol = connector;
    }

    /** Whether the connection of this request can send open files; with TLS it cannot. */
    public boolean canSend(HttpServletRequest request) {
        OpenFileProtocol connector = protocol;
        return connector != null
                && !connector.isSSLEnabled()
                && Boolean.TRUE.equals(request.getAttribute(Constants.SENDFILE_SUPPORTED_ATTR));
    }

    /** Records how long the handler of a request waited for the volume. */
    public void waitedForVolume(long nanos) {
        OpenFilePoller.recordAccess(nanos, 0);
    }

    /**
     * Commits the response, whose headers are complete, and hands the file over. The file is closed in any case, with
     * its last byte or when the connection ends.
     *
     * @throws IOException if the client is gone
     */
    public void send(HttpServletRequest request, HttpServletResponse response, FileDownload file) throws IOException {
        HANDED_OVER.set(file);
        request.setAttribute(Constants.SENDFILE_FILENAME_ATTR, "handed over");
        request.setAttribute(Constants.SENDFILE_FILE_START_ATTR, 0L);
        request.setAttribute(Constants.SENDFILE_FILE_END_ATTR, 0L);
        try {
            // the connection takes the file now, while this method can still tell whether it did
            response.flushBuffer();
        } finally {
            FileDownload left = takeHandedOver();
            if (left != null) {
                left.close();
            }
        }
    }

    /** Takes the file that this thread handed over, once; null afterwards. */
    static @Nullable FileDownload takeHandedOver() {
        FileDownload file = HANDED_OVER.get();
        HANDED_OVER.set(null);
        return file;
    }
}
