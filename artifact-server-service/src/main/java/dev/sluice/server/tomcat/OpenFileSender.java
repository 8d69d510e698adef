package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hands an open file to the connection of a request, which sends it after the handler has returned. */
@Component
public final class OpenFileSender {

    private static final String SUPPORTED = "org.apache.tomcat.sendfile.support";
    private static final String FILE_NAME = "org.apache.tomcat.sendfile.filename";
    private static final String START = "org.apache.tomcat.sendfile.start";
    private static final String END = "org.apache.tomcat.sendfile.end";

    private volatile @Nullable HandedOverFiles files;

    /** Called when the connector is made, before the first request. */
    void attach(HandedOverFiles handedOver) {
        files = handedOver;
    }

    /** Whether the connection of this request can do it. */
    public boolean canSend(HttpServletRequest request) {
        return files != null && Boolean.TRUE.equals(request.getAttribute(SUPPORTED));
    }

    /** Whether this thread may wait for the client; if not, whatever is not short has to be handed over. */
    public boolean mayWait() {
        return !OpenFilePoller.isCurrentThread();
    }

    /**
     * Commits the response, whose headers are complete, and hands the file over. The file is closed in any case, with
     * its last byte or when the connection ends.
     *
     * @throws IOException if the client is gone
     */
    public void send(HttpServletRequest request, HttpServletResponse response, FileDownload file, long start, long end)
            throws IOException {
        HandedOverFiles handedOver = files;
        if (handedOver == null) {
            throw new IllegalStateException("the connector does not send open files");
        }
        handedOver.leave(file);
        request.setAttribute(FILE_NAME, "handed over");
        request.setAttribute(START, start);
        request.setAttribute(END, end);
        try {
            // the connection takes the file now, while this method can still tell whether it did
            response.flushBuffer();
        } finally {
            FileDownload left = handedOver.take();
            if (left != null) {
                left.close();
            }
        }
    }
}
