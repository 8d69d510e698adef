package dev.sluice.server.http;

import dev.sluice.artifact.server.ByteSelection;
import dev.sluice.artifact.server.FileResponse;
import dev.sluice.server.download.Downloads;
import dev.sluice.server.download.FileDownload;
import dev.sluice.server.tomcat.OpenFileSender;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends response bodies: the connection sends them after the handler returns. */
@Component
final class FileBody {

    private static final Logger LOG = LoggerFactory.getLogger(FileBody.class);

    /** Fits into the buffer of a response. */
    private static final int MAX_WRITTEN_BYTES = 4 * 1024;

    private static final String RETRY_AFTER_SECONDS = "5";

    private final Downloads downloads;
    private final OpenFileSender sender;

    FileBody(Downloads downloads, OpenFileSender sender) {
        this.downloads = downloads;
        this.sender = sender;
    }

    /** Sends and closes the file of an answer. The headers must be set. */
    void send(FileResponse answer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ByteSelection part = answer.selection();
        FileDownload download;
        try {
            download = downloads.begin(answer.file(), part.offset(), part.length());
        } catch (IOException e) {
            unreadable(response, e);
            return;
        }
        send(download, part.length(), request, response);
    }

    /** Sends a text. The connection sends a large one too, since the handler must not wait for the client. */
    void send(byte[] text, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (text.length <= MAX_WRITTEN_BYTES) {
            response.getOutputStream().write(text);
        } else {
            send(downloads.begin(text), text.length, request, response);
        }
    }

    /** Records how long the handler of a request waited for the volume. */
    void waitedForVolume(long nanos) {
        sender.waitedForVolume(nanos);
    }

    private void send(FileDownload download, long length, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (length > 0 && sender.canSend(request)) {
            sender.send(request, response, download);
            return;
        }
        try (download) {
            copy(download, Channels.newChannel(response.getOutputStream()));
        }
    }

    private static void copy(FileDownload download, WritableByteChannel response) throws IOException {
        boolean complete = false;
        while (!complete) {
            complete = download.sendTo(response);
        }
    }

    private static void unreadable(HttpServletResponse response, IOException failure) {
        LOG.atInfo().addKeyValue("error", failure.toString()).log("cannot read the volume; responding with 503");
        response.reset();
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentLength(0);
    }
}
