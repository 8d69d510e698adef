package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import java.io.IOException;
import java.time.Duration;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.SendfileData;
import org.apache.tomcat.util.net.SendfileDataBase;
import org.apache.tomcat.util.net.SendfileState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that sends files which were opened by the handler of the request. For the thread that has the connection. */
final class OpenFileConnection extends NioSocketWrapper {

    private static final Logger log = LoggerFactory.getLogger(OpenFileConnection.class);

    private final HandedOverFiles files;
    private @Nullable FileDownload unsent;
    private SendfileState lastSend = SendfileState.DONE;
    private long headerBegun;

    OpenFileConnection(NioChannel channel, NioEndpoint endpoint, HandedOverFiles files) {
        super(channel, endpoint);
        this.files = files;
    }

    @Override
    public SendfileDataBase createSendfileData(String ticket, long position, long length) {
        FileDownload file = files.take(ticket);
        if (file == null) {
            throw new IllegalStateException("no open file was handed over as \"" + ticket + "\"");
        }
        unsent = file;
        return new OpenFile(ticket, file, position, length);
    }

    @Override
    public SendfileState processSendfile(SendfileDataBase file) {
        // from here on Tomcat closes the file, with its last byte or with the connection
        unsent = null;
        lastSend = super.processSendfile(file);
        return lastSend;
    }

    /** Whether the file of the request that just ended is still being sent. */
    boolean isSending() {
        return lastSend == SendfileState.PENDING;
    }

    void beginRequest() {
        lastSend = SendfileState.DONE;
    }

    /** Closes a file that Tomcat took and then, because of an error, did not begin to send. */
    void discardUnsent() {
        FileDownload file = unsent;
        unsent = null;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                log.debug("cannot close a file that was not sent", e);
            }
        }
    }

    /** Tells that part of a request's head is here; whether that has been so for longer than allowed. */
    boolean headTakesLongerThan(Duration limit) {
        if (headerBegun == 0) {
            headerBegun = System.nanoTime();
        }
        return System.nanoTime() - headerBegun > limit.toNanos();
    }

    void headComplete() {
        headerBegun = 0;
    }

    private static final class OpenFile extends SendfileData {

        OpenFile(String ticket, FileDownload file, long position, long length) {
            super(ticket, position, length);
            fchannel = file;
        }
    }
}
