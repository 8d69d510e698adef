package dev.sluice.artifact.server;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An HTTP connection that sends request targets unchanged, which client libraries do not. */
public final class RawHttp implements Closeable {

    private static final int TIMEOUT_MILLIS = 30_000;

    /** The JVMs of tests, with C1 only, encrypt with it four times as fast as with AES-GCM, which the servers prefer. */
    private static final String[] CHEAP = {"TLS_CHACHA20_POLY1305_SHA256"};

    private final Socket socket;
    private final InputStream in;

    /** A response; header names are in lower case. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    public record Reply(int status, Map<String, String> headers, byte[] body) {

        /** Returns the value of a header, or an empty string. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        /** Returns the body as Latin-1. */
        public String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    /** Connects; each read times out after 30 s. */
    public RawHttp(InetSocketAddress server) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(server, TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects over TLS; verifies the certificate, but not the host name. */
    public static RawHttp overTls(InetSocketAddress server, SSLContext context) throws IOException {
        Socket plain = new Socket();
        plain.setReceiveBufferSize(64 * 1024);
        plain.connect(server, TIMEOUT_MILLIS);
        plain.setSoTimeout(TIMEOUT_MILLIS);
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(plain, server.getHostString(), server.getPort(), true);
        socket.setEnabledCipherSuites(CHEAP);
        return new RawHttp(socket);
    }

    private RawHttp(Socket connected) throws IOException {
        socket = connected;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends one request on its own connection. */
    public static Reply request(InetSocketAddress server, String method, String target, String... headers)
            throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            http.send(method, target, headers);
            return http.receive(method);
        }
    }

    /** Sends text unchanged. */
    public void sendRaw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a request; headers have the form {@code Name: value}. */
    public void send(String method, String target, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        List.of(headers).forEach(header -> request.append(header).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads the status line and headers, but not the body. */
    public Reply receiveHead() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] parts = line.split(":", 2);
            headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1].strip(), (a, b) -> a + ", " + b);
        }
        return new Reply(Integer.parseInt(status.split(" ", 3)[1]), headers, new byte[0]);
    }

    /**
     * Waits for the first byte of a response, which stays unread.
     *
     * @return false if the server closed the connection before it
     */
    public boolean awaitResponse() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return false;
        }
        in.reset();
        return true;
    }

    /**
     * Reads a whole response.
     *
     * @throws EOFException if the body is truncated
     */
    public Reply receive(String method) throws IOException {
        Reply head = receiveHead();
        boolean bodiless = method.equals("HEAD") || head.status() == 304;
        return new Reply(head.status(), head.headers(), bodiless ? new byte[0] : body(head));
    }

    /** Reads the body of a response. */
    public byte[] body(Reply head) throws IOException {
        String length = head.header("Content-Length");
        if (length.isEmpty()) {
            return in.readAllBytes();
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        if (body.length != Integer.parseInt(length)) {
            throw new EOFException("body ended after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("connection closed after '" + line + "'");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
