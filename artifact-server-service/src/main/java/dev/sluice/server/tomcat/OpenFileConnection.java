package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.SendfileData;
import org.apache.tomcat.util.net.SendfileDataBase;
import org.apache.tomcat.util.net.SendfileState;
import org.jspecify.annotations.Nullable;

/** A connection that sends files which the handler of the request has opened. For the thread that handles the connection. */
final class OpenFileConnection extends NioSocketWrapper {

    private volatile @Nullable FileDownload download;
    private boolean holdsBackHead;
    private long headBegun;

    OpenFileConnection(NioChannel channel, NioEndpoint endpoint) {
        super(channel, endpoint);
    }

    /** Called by the handler's thread when it commits the response. */
    @Override
    public SendfileDataBase createSendfileData(String name, long position, long length) {
        download = OpenFileSender.takeHandedOver();
        holdsBackHead = true;
        return new SendfileData(name, position, length);
    }

    @Override
    public SendfileState processSendfile(SendfileDataBase data) {
        holdsBackHead = false;
        socketBufferHandler.configureWriteBufferForRead();
        ByteBuffer head = socketBufferHandler.getWriteBuffer();
        Objects.requireNonNull(download, "no open file was handed over")
                .startWith(ByteBuffer.allocate(head.remaining()).put(head).flip());
        SendfileState state = super.processSendfile(data);
        if (state == SendfileState.ERROR) {
            endSend();
        }
        return state;
    }

    /** Sends what the client takes; whether that was the last byte. */
    boolean send() throws IOException {
        FileDownload current = Objects.requireNonNull(download, "closed meanwhile");
        long sentBefore = current.sentBytes();
        long begun = System.nanoTime();
        boolean complete = current.sendTo(getSocket().getIOChannel());
        updateLastWrite();
        if (current.readsVolume()) {
            OpenFilePoller.recordAccess(System.nanoTime() - begun, current.sentBytes() - sentBefore);
        }
        return complete;
    }

    /** Closes the file; the connection is no longer sending. */
    void endSend() {
        setSendfileData(null);
        FileDownload current = download;
        download = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    protected void doClose() {
        super.doClose();
        endSend();
    }

    boolean isSending() {
        return getSendfileData() != null;
    }

    /** Whether what is being sent is read from the volume. */
    boolean sendsFromVolume() {
        FileDownload current = download;
        return current != null && current.readsVolume();
    }

    /** The head of a response with a file stays in the buffer: it is sent with the first bytes. */
    @Override
    protected void doWrite(boolean block, ByteBuffer buffer) throws IOException {
        if (holdsBackHead) {
            return;
        }
        super.doWrite(block && !OpenFilePoller.isCurrentThread(), buffer);
        if (block && buffer.hasRemaining()) {
            throw new IOException("client pipelines requests without reading responses");
        }
    }

    @Override
    public int read(boolean block, ByteBuffer to) throws IOException {
        int count = super.read(block && !OpenFilePoller.isCurrentThread(), to);
        if (block && count == 0) {
            throw new IOException("request has a body, and it did not arrive with the head");
        }
        return count;
    }

    /** Records that a request's head is incomplete; whether it has been so for longer than the limit. */
    boolean headTakesLongerThan(Duration limit) {
        if (headBegun == 0) {
            headBegun = System.nanoTime();
        }
        return System.nanoTime() - headBegun > limit.toNanos();
    }

    void headComplete() {
        headBegun = 0;
    }
}
