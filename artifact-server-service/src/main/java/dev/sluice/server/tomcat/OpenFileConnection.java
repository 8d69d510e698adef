package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.SendfileData;
import org.apache.tomcat.util.net.SendfileDataBase;
import org.apache.tomcat.util.net.SendfileKeepAliveState;
import org.apache.tomcat.util.net.SendfileState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that sends files which were opened by the handler of the request. For the thread that has the connection. */
final class OpenFileConnection extends NioSocketWrapper {

    private static final Logger log = LoggerFactory.getLogger(OpenFileConnection.class);

    private final HandedOverFiles files;
    private final ConnectionWatch watch = new ConnectionWatch();
    private @Nullable FileDownload unsent;
    private SendfileState lastSend = SendfileState.DONE;
    private long headerBegun;
    private volatile boolean fromVolume;
    private boolean pipelined;

    OpenFileConnection(NioChannel channel, NioEndpoint endpoint, HandedOverFiles files) {
        super(channel, endpoint);
        this.files = files;
    }

    ConnectionWatch watch() {
        return watch;
    }

    @Override
    public SendfileDataBase createSendfileData(String name, long position, long length) {
        FileDownload file = files.take();
        if (file == null) {
            throw new IllegalStateException("no open file was handed over");
        }
        unsent = file;
        fromVolume = !file.isInMemory();
        return new OpenFile(name, file, position, length);
    }

    @Override
    public SendfileState processSendfile(SendfileDataBase file) {
        if (unsent != null) {
            unsent.startWith(heldBackHead());
        }
        // from here on Tomcat closes the file, with its last byte or with the connection
        unsent = null;
        pipelined = file.keepAliveState == SendfileKeepAliveState.PIPELINED;
        lastSend = super.processSendfile(file);
        return lastSend;
    }

    private ByteBuffer heldBackHead() {
        socketBufferHandler.configureWriteBufferForRead();
        ByteBuffer waiting = socketBufferHandler.getWriteBuffer();
        return ByteBuffer.allocate(waiting.remaining()).put(waiting).flip();
    }

    /** The head of a file that is about to be sent leaves with its first bytes. */
    @Override
    protected void doWrite(boolean block, ByteBuffer buffer) throws IOException {
        if (unsent != null) {
            return;
        }
        if (!block || !OpenFilePoller.isCurrentThread()) {
            super.doWrite(block, buffer);
            return;
        }
        super.doWrite(false, buffer);
        if (buffer.hasRemaining()) {
            throw new IOException("the client asks for more and does not read what it was sent");
        }
    }

    @Override
    public int read(boolean block, byte[] to, int offset, int length) throws IOException {
        return mayRead() ? super.read(block, to, offset, length) : nothingMore(block);
    }

    @Override
    public int read(boolean block, ByteBuffer to) throws IOException {
        return mayRead() ? super.read(block, to) : nothingMore(block);
    }

    /** The poller answers the one request that is in the buffer. The next is not to be read in passing: it is looked at first. */
    private boolean mayRead() {
        return !OpenFilePoller.isCurrentThread() || !socketBufferHandler.isReadBufferEmpty();
    }

    private static int nothingMore(boolean block) throws IOException {
        if (block) {
            throw new IOException("the request that the poller answers wants more than its head");
        }
        return 0;
    }

    /** Whether what is being sent has to be read from the volume. */
    boolean sendsFromVolume() {
        return fromVolume && getSendfileData() != null;
    }

    /**
     * The path of the request that is about to be read, if that is a plain GET with nothing before and behind it. Reads
     * ahead what is there; Tomcat takes it from the same buffer.
     */
    Optional<String> pathOfLoneGet() {
        if (pipelined || headerBegun != 0) {
            // Tomcat has part of a request already, and what comes now may be the rest of that
            return Optional.empty();
        }
        ByteBuffer read = readAhead();
        return read == null ? Optional.empty() : LoneGet.path(read);
    }

    private @Nullable ByteBuffer readAhead() {
        if (!socketBufferHandler.isReadBufferEmpty()) {
            return null;
        }
        socketBufferHandler.configureReadBufferForWrite();
        ByteBuffer buffer = socketBufferHandler.getReadBuffer().clear();
        try {
            getSocket().read(buffer);
        } catch (IOException e) {
            log.debug("cannot read ahead", e);
        }
        updateLastRead();
        socketBufferHandler.configureReadBufferForRead();
        return buffer;
    }

    /** Whether the file of the request that just ended is still being sent. */
    boolean isSending() {
        return lastSend == SendfileState.PENDING;
    }

    void beginRequest() {
        pipelined = false;
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

        OpenFile(String name, FileDownload file, long position, long length) {
            super(name, position, length);
            fchannel = file;
        }
    }
}
