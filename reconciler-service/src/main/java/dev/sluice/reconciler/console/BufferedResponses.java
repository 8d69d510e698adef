package dev.sluice.reconciler.console;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Sends responses that are in memory without a thread that waits for the client, so that clients that read slowly
 * cannot occupy the threads of the server. Limits their memory and closes the connection of a client that has not
 * accepted a response before a deadline. Thread-safe.
 */
final class BufferedResponses {

    private static final long MAX_BYTES = 32 << 20;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int CHUNK = 16 * 1024;
    private static final byte[] BUSY =
            "The console is sending too much data; try again.\n".getBytes(StandardCharsets.UTF_8);

    private final ClientQuota bytes;
    private final Duration deadline;

    BufferedResponses() {
        this(new ClientQuota(MAX_BYTES, MAX_BYTES / 2), DEADLINE);
    }

    /**
     * @param bytes the quota for bodies
     * @param deadline the longest time for sending a response
     */
    BufferedResponses(ClientQuota bytes, Duration deadline) {
        this.bytes = bytes;
        this.deadline = deadline;
    }

    /** Adds a body; the response becomes a 503 if it exceeds the quota when it is sent. */
    ServerResponse of(ServerResponse.BodyBuilder head, byte[] body) {
        return head.build((request, response) -> {
            send(request, response, body);
            return null;
        });
    }

    private void send(HttpServletRequest request, HttpServletResponse response, byte[] body) throws IOException {
        String address = request.getRemoteAddr();
        if (!bytes.tryTake(address, body.length)) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            response.setContentType("text/plain;charset=UTF-8");
            response.setContentLength(BUSY.length);
            response.getOutputStream().write(BUSY);
            return;
        }
        response.setContentLength(body.length);
        AsyncContext context = request.startAsync();
        context.setTimeout(deadline.toMillis());
        Transfer transfer = new Transfer(context, response.getOutputStream(), body, address);
        context.addListener(transfer);
        response.getOutputStream().setWriteListener(transfer);
    }

    /** A body on its way. The server calls it in one thread at a time. */
    private final class Transfer implements WriteListener, AsyncListener {

        private final AsyncContext context;
        private final ServletOutputStream out;
        private final byte[] body;
        private final String address;
        private final AtomicBoolean ended = new AtomicBoolean();
        private int sent;
        private boolean flushed;

        Transfer(AsyncContext context, ServletOutputStream out, byte[] body, String address) {
            this.context = context;
            this.out = out;
            this.body = body;
            this.address = address;
        }

        /** Ends the response after the flush, because its end would wait for the client otherwise. */
        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (sent < body.length) {
                    int length = Math.min(CHUNK, body.length - sent);
                    out.write(body, sent, length);
                    sent += length;
                } else if (!flushed) {
                    flushed = true;
                    out.flush();
                } else {
                    context.complete();
                    return;
                }
            }
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                bytes.giveBack(address, body.length);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        /** The server closes the connection, because the response has begun. */
        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
