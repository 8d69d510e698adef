package dev.sluice.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Clients that repeatedly download files over persistent connections and discard the content. */
final class LoadClients {

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final String LENGTH = "content-length: ";

    private final int port;
    private final Supplier<String> paths;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean stopped;

    /** @param paths supplies the path of each request */
    LoadClients(int port, Supplier<String> paths) {
        this.port = port;
        this.paths = paths;
    }

    /** Runs the clients for the given duration and measures the CPU time of the server process. */
    LoadResult run(int clients, Duration duration, MeasuredServer server) throws IOException, InterruptedException {
        Duration cpuBefore = server.cpuTime();
        long started = System.nanoTime();
        long end = started + duration.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(() -> client(end), "client-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return new LoadResult(
                requests.get(),
                missing.get(),
                errors.get(),
                bytes.get(),
                took,
                server.cpuTime().minus(cpuBefore));
    }

    /** Stops a run early. */
    void stop() {
        stopped = true;
    }

    private boolean isOver(long end) {
        return stopped || System.nanoTime() >= end;
    }

    private void client(long end) {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!isOver(end)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                while (!isOver(end)) {
                    String request = "GET " + paths.get() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    bytes.addAndGet(body(socket.getInputStream(), buffer));
                    requests.incrementAndGet();
                }
            } catch (IOException e) {
                if (errors.incrementAndGet() == 1) {
                    System.err.println("first error: " + e);
                }
            }
        }
    }

    private long body(InputStream in, byte[] buffer) throws IOException {
        int filled = 0;
        int head = -1;
        while (head < 0) {
            filled += read(in, buffer, filled);
            head = endOfHead(buffer, filled);
        }
        String text = new String(buffer, 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int at = text.indexOf(LENGTH);
        if (text.startsWith("http/1.1 404")) {
            missing.incrementAndGet();
        } else if (!text.startsWith("http/1.1 200") || at < 0) {
            throw new IOException("unexpected response: " + text);
        }
        long length = Long.parseLong(
                text.substring(at + LENGTH.length(), text.indexOf('\r', at)).strip());
        for (long rest = length - (filled - head); rest > 0; ) {
            rest -= read(in, buffer, 0);
        }
        return length;
    }

    private static int read(InputStream in, byte[] buffer, int offset) throws IOException {
        int count = in.read(buffer, offset, buffer.length - offset);
        if (count < 0) {
            throw new EOFException("connection closed within a response");
        }
        return count;
    }

    private static int endOfHead(byte[] buffer, int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }
}
