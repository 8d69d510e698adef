package dev.sluice.server.http;

import dev.sluice.artifact.server.ByteSelection;
import dev.sluice.artifact.server.FileResponse;
import dev.sluice.server.download.Downloads;
import dev.sluice.server.download.FileDownload;
import dev.sluice.server.tomcat.OpenFileSender;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends the bytes of a file: large ones from the file to the socket inside the kernel, and those in memory in one write
 * with their head, both after the handler has returned and without a thread of their own; other small ones through a
 * buffer, which costs less there, unless the thread may not wait for the client.
 */
@Component
final class FileBody {

    /** Measured: below it one copy is cheaper than the two system calls of sendfile and the poller's turn. */
    private static final int SMALL_BYTES = 48 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(FileBody.class);
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SMALL_BYTES));

    private final Downloads downloads;
    private final OpenFileSender sender;

    FileBody(Downloads downloads, OpenFileSender sender) {
        this.downloads = downloads;
        this.sender = sender;
    }

    /** Sends and closes the file of an answer whose headers are set already. */
    void send(FileResponse answer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ByteSelection part = answer.selection();
        FileDownload download = downloads.begin(answer.file(), part.length());
        boolean copies = part.length() <= SMALL_BYTES && !download.isInMemory() && sender.mayWait();
        if (part.length() > 0 && !copies && sender.canSend(request)) {
            sender.send(request, response, download, part.offset(), part.offset() + part.length());
            return;
        }
        try (download) {
            download.copyTo(response.getOutputStream()::write, part.offset(), BUFFER.get());
        } catch (IOException e) {
            failed(response, e);
        }
    }

    /** Once part of an answer is out, the broken connection tells the client; before that, the status can. */
    private static void failed(HttpServletResponse response, IOException failure) throws IOException {
        if (response.isCommitted()) {
            throw failure;
        }
        LOG.atInfo().addKeyValue("error", failure.toString()).log("a file cannot be read, answered 503");
        response.reset();
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentLength(0);
    }
}
