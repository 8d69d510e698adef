package dev.sluice.server.tomcat;

import dev.sluice.artifact.tls.ClientVerification;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.artifact.tls.TlsUnavailableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.openssl.ciphers.Cipher;
import org.apache.tomcat.util.net.openssl.ciphers.Group;
import org.apache.tomcat.util.net.openssl.ciphers.SignatureScheme;
import org.jspecify.annotations.Nullable;

/** A channel with TLS by the certificate of the moment. The endpoint itself has no TLS configuration. */
final class TlsChannel extends SecureNioChannel {

    /** The size that JSSE requires; Tomcat expands smaller buffers and logs it. */
    private static final int RECORD_BYTES = 16_921;

    /** Records of a download that are sent with one system call. */
    private static final int BATCH_RECORDS = 4;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final TlsSource tls;
    private final long createdNanos = System.nanoTime();
    private final long handshakeNanos;
    private boolean expectsFirstRequest;

    /** When the handshake began. */
    private @Nullable X509TrustManager trustManager;

    TlsChannel(SocketBufferHandler buffers, NioEndpoint endpoint, TlsSource tls) {
        super(buffers, endpoint);
        this.tls = tls;
        int limitMillis = endpoint.getConnectionTimeout();
        this.handshakeNanos = limitMillis > 0 ? TimeUnit.MILLISECONDS.toNanos(limitMillis) : Long.MAX_VALUE;
        // a client that sends nothing occupies little memory
        netInBuffer = NONE;
        netOutBuffer = NONE;
    }

    /**
     * Called by a worker. After the handshake, waits until the connection is writable, which it is, so that a poller
     * handles the first request: it can have arrived with the end of the handshake, and would not make the connection
     * readable again.
     *
     * @throws SocketTimeoutException after the connection timeout; Tomcat only limits the time between two steps
     */
    @Override
    public int handshake(boolean read, boolean write) throws IOException {
        if (System.nanoTime() - createdNanos > handshakeNanos) {
            throw new SocketTimeoutException("the TLS handshake exceeds the connection timeout");
        }
        int interest = reportedHandshake(read, write);
        if (interest == 0) {
            expectsFirstRequest = true;
            return SelectionKey.OP_WRITE;
        }
        return interest;
    }

    /** Tomcat logs failures only for debugging. */
    private int reportedHandshake(boolean read, boolean write) throws IOException {
        try {
            return super.handshake(read, write);
        } catch (SSLException e) {
            tls.handshakeFailed(String.valueOf(getIOChannel().socket().getRemoteSocketAddress()), e);
            throw e;
        }
    }

    /** Whether the handshake has completed since the last call. */
    boolean takeFirstRequest() {
        boolean expected = expectsFirstRequest;
        expectsFirstRequest = false;
        return expected;
    }

    /** Called when bytes of the ClientHello have arrived. */
    @Override
    protected int processSNI() throws IOException {
        if (netInBuffer.capacity() == 0) {
            netInBuffer = ByteBuffer.allocate(RECORD_BYTES);
            netOutBuffer = ByteBuffer.allocate(RECORD_BYTES);
        }
        try {
            return super.processSNI();
        } catch (TlsUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Called when the handshake has completed. */
    ClientVerification client() {
        return ClientVerification.of(tls, sslEngine.getSession(), trustManager);
    }

    /**
     * Encrypts and sends some records with one system call, unless the socket has not accepted the previous ones.
     *
     * @return number of bytes encrypted; {@link #flushOutbound} sends what the socket does not accept
     */
    long writeRecords(ByteBuffer[] from, int offset, int length) throws IOException {
        if (!flush(netOutBuffer)) {
            return 0;
        }
        if (netOutBuffer.capacity() < BATCH_RECORDS * RECORD_BYTES) {
            // not direct: the JDK encrypts into direct buffers with two more copies
            netOutBuffer = ByteBuffer.allocate(BATCH_RECORDS * RECORD_BYTES);
        }
        netOutBuffer.clear();
        long encrypted = 0;
        int bytes;
        do {
            SSLEngineResult result = sslEngine.wrap(from, offset, length, netOutBuffer);
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                throw new IOException("cannot encrypt: " + result.getStatus());
            }
            bytes = result.bytesConsumed();
            encrypted += bytes;
        } while (bytes > 0 && netOutBuffer.remaining() >= RECORD_BYTES);
        flush(netOutBuffer.flip());
        return encrypted;
    }

    @Override
    protected void createSSLEngine(
            @Nullable String host,
            @Nullable List<Cipher> ciphers,
            @Nullable List<String> applicationProtocols,
            @Nullable List<String> protocols,
            @Nullable List<Group> groups,
            @Nullable List<SignatureScheme> signatureSchemes) {
        // first: if the certificates change between the two, the client is verified again
        trustManager = tls.trustManager();
        sslEngine = tls.serverEngine();
    }

    /** Sends no response to a request in plain text, which Tomcat does before it creates the engine. */
    @Override
    public boolean flushOutbound() throws IOException {
        return sniComplete && super.flushOutbound();
    }

    /** Handlers do not use the session. */
    @Override
    public @Nullable SSLSupport getSSLSupport() {
        return null;
    }
}
