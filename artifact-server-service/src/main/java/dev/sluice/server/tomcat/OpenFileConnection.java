package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
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

    private static final int GET = 'G' << 24 | 'E' << 16 | 'T' << 8 | ' ';
    private static final int METHOD_BYTES = 4;
    private static final int SHORTEST = METHOD_BYTES + 2;

    private final HandedOverFiles files;
    private @Nullable FileDownload unsent;
    private SendfileState lastSend = SendfileState.DONE;
    private long headerBegun;
    private @Nullable Thread answering;
    private boolean answered;

    OpenFileConnection(NioChannel channel, NioEndpoint endpoint, HandedOverFiles files) {
        super(channel, endpoint);
        this.files = files;
    }

    @Override
    public SendfileDataBase createSendfileData(String name, long position, long length) {
        FileDownload file = files.take();
        if (file == null) {
            throw new IllegalStateException("no open file was handed over");
        }
        unsent = file;
        return new OpenFile(name, file, position, length);
    }

    @Override
    public SendfileState processSendfile(SendfileDataBase file) {
        if (unsent != null) {
            unsent.startWith(heldBackHead());
        }
        // from here on Tomcat closes the file, with its last byte or with the connection
        unsent = null;
        lastSend = super.processSendfile(file);
        answered = isPollers() && lastSend == SendfileState.DONE;
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
        if (!block || !isPollers()) {
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
        return unlessItWaits(block, super.read(block && !isPollers(), to, offset, length));
    }

    @Override
    public int read(boolean block, ByteBuffer to) throws IOException {
        if (answered && !block && socketBufferHandler.isReadBufferEmpty()) {
            // the poller is about to look for the next request anyway
            return 0;
        }
        return unlessItWaits(block, super.read(block && !isPollers(), to));
    }

    private int unlessItWaits(boolean block, int read) throws IOException {
        if (block && read == 0 && isPollers()) {
            throw new IOException("the client announces a body, which nobody here reads, and does not send it");
        }
        return read;
    }

    /** Whether the poller itself answers: nothing may wait then, since it would be its turn to say that the wait is over. */
    private boolean isPollers() {
        return answering == Thread.currentThread();
    }

    /** Lets the thread of the poller answer by itself, in which case it must not wait for the client. */
    void answeredBy(@Nullable Thread thread) {
        answering = thread;
        answered = false;
    }

    /**
     * Whether the request that is about to be read is a plain GET of a path. Reads ahead what is there; Tomcat takes it
     * from the same buffer.
     */
    boolean isGetOf(Predicate<String> path) {
        ByteBuffer head = readAhead();
        if (head == null || head.remaining() < SHORTEST || head.getInt(head.position()) != GET) {
            return false;
        }
        int from = head.position() + METHOD_BYTES;
        int to = from;
        while (to < head.limit() && head.get(to) > ' ' && head.get(to) != '?') {
            to++;
        }
        byte[] target = new byte[to - from];
        head.get(from, target);
        return to < head.limit() && path.test(new String(target, StandardCharsets.ISO_8859_1));
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
