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

/** A connection that sends files which the request's handler opened. Confined to the thread that handles it. */
final class OpenFileConnection extends NioSocketWrapper {

    private volatile @Nullable FileDownload download;
    private boolean holdsBackHead;
    private long headStartNanos;

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

    /** Sends as much as the client accepts; returns whether the download is complete. */
    boolean send() throws IOException {
        FileDownload current = Objects.requireNonNull(download, "connection is closed");
        long sentBefore = current.sentBytes();
        long startNanos = System.nanoTime();
        TlsSend tls = getSocket() instanceof TlsChannel channel ? new TlsSend(channel) : null;
        boolean complete = tls == null ? current.sendTo(getSocket().getIOChannel()) : sendOverTls(current, tls);
        updateLastWrite();
        if (current.readsVolume()) {
            long encryptionNanos = tls == null ? 0 : tls.nanos();
            OpenFilePoller.recordAccess(
                    System.nanoTime() - startNanos - encryptionNanos, current.sentBytes() - sentBefore);
        }
        return complete;
    }

    /** A download is complete when its last record is sent, not only encrypted. */
    private static boolean sendOverTls(FileDownload current, TlsSend tls) throws IOException {
        return tls.isFlushed() && current.sendTo(tls) && tls.isFlushed();
    }

    /** Ends the download and closes its file. */
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

    /** Whether the current download reads from the volume. */
    boolean sendsFromVolume() {
        FileDownload current = download;
        return current != null && current.readsVolume();
    }

    /**
     * Keeps the head of a response with a file in the buffer; it is sent with the first bytes. A full buffer is written,
     * because Tomcat repeats the call until there is room. The buffer of a closed connection never has room.
     */
    @Override
    protected void doWrite(boolean block, ByteBuffer buffer) throws IOException {
        if (holdsBackHead && buffer.remaining() < buffer.capacity()) {
            return;
        }
        super.doWrite(block && !OpenFilePoller.isCurrentThread(), buffer);
        if (block && (buffer.hasRemaining() || !isFlushed())) {
            throw new IOException("client pipelines requests without reading responses");
        }
    }

    /** Whether all encrypted bytes are sent; always true without TLS. */
    private boolean isFlushed() throws IOException {
        NioChannel socket = getSocket();
        if (socket.getOutboundRemaining() > 0) {
            socket.flushOutbound();
        }
        return socket.getOutboundRemaining() == 0;
    }

    @Override
    public int read(boolean block, ByteBuffer to) throws IOException {
        int count = super.read(block && !OpenFilePoller.isCurrentThread(), to);
        if (block && count == 0) {
            throw new IOException("request body did not arrive with the head");
        }
        return count;
    }

    /** Whether the client may send another request. */
    boolean isClientAccepted() {
        return !(getSocket() instanceof TlsChannel tls) || tls.client().isAccepted();
    }

    /** Tomcat calls this for each request, and ends the connection after the response if the result is not positive. */
    @Override
    public int decrementKeepAlive() {
        int left = super.decrementKeepAlive();
        return getSocket() instanceof TlsChannel tls && tls.client().isDue() ? 0 : left;
    }

    /** Records that the request's head is incomplete; returns whether it has been incomplete for longer than the limit. */
    boolean isHeadTimedOut(Duration limit) {
        if (headStartNanos == 0) {
            headStartNanos = System.nanoTime();
        }
        return System.nanoTime() - headStartNanos > limit.toNanos();
    }

    void headComplete() {
        headStartNanos = 0;
    }
}
