package dev.sluice.artifact.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import dev.sluice.artifact.tls.ClientVerification;
import dev.sluice.artifact.tls.TlsSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the JDK's HTTP server to {@link ArtifactRequests}. */
final class ArtifactHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactHandler.class);

    private final ArtifactRequests requests;
    private final BooleanSupplier serving;
    private final Optional<TlsSource> tls;

    /** One party represents the server, so that the phase advances only when the server drains. */
    private final Phaser running = new Phaser(1);

    private volatile boolean draining;

    ArtifactHandler(ArtifactRequests requests, BooleanSupplier serving, Optional<TlsSource> tls) {
        this.requests = requests;
        this.serving = serving;
        this.tls = tls;
    }

    @Override
    public void handle(HttpExchange exchange) {
        if (tls.isPresent() && exchange instanceof HttpsExchange https && !isAccepted(https, tls.get())) {
            exchange.close();
            return;
        }
        running.register();
        try (exchange;
                ArtifactResponse answer = answer(exchange)) {
            send(exchange, answer);
        } catch (IOException e) {
            // the client disconnected, or the file became unreadable: closing the connection tells the client
            LOG.atDebug().addKeyValue("error", e.toString()).log("download aborted");
        } finally {
            running.arriveAndDeregister();
        }
    }

    private static boolean isAccepted(HttpsExchange exchange, TlsSource tls) {
        ClientVerification client = ClientVerification.of(tls, exchange.getSSLSession());
        // first, because it notices a change of the certificates
        boolean accepted = client.isAccepted();
        if (client.isDue()) {
            exchange.getResponseHeaders().set("Connection", "close");
        }
        return accepted;
    }

    private ArtifactResponse answer(HttpExchange exchange) {
        if (draining) {
            exchange.getResponseHeaders().set("Connection", "close");
            return TextResponse.unavailable("the artifact server is stopping", 1);
        }
        if (!serving.getAsBoolean()) {
            return TextResponse.unavailable("this replica is not the leader and serves no artifacts", 1);
        }
        return requests.answer(
                exchange.getRequestMethod(),
                rawPath(exchange.getRequestURI()),
                name -> exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }

    /**
     * Does not use {@code getRawPath} for relative targets, because it treats the first name of {@code //a/b} as a
     * host.
     */
    private static String rawPath(URI target) {
        if (target.isAbsolute()) {
            return target.getRawPath() == null ? "" : target.getRawPath();
        }
        return target.toString().split("[?#]", 2)[0];
    }

    private static void send(HttpExchange exchange, ArtifactResponse answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (answer instanceof TextResponse text) {
            byte[] body = text.body();
            exchange.sendResponseHeaders(text.status(), head ? -1 : body.length);
            if (!head) {
                write(exchange, out -> out.write(body));
            }
        } else if (answer instanceof FileResponse file) {
            ByteSelection selection = file.selection();
            boolean empty = !file.sendsBody() || selection.length() == 0;
            exchange.sendResponseHeaders(file.status(), empty ? -1 : selection.length());
            if (!empty) {
                write(exchange, out -> file.file().writeTo(out, selection.offset(), selection.length()));
            }
        }
    }

    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void write(HttpExchange exchange, Body body) throws IOException {
        try (OutputStream out = exchange.getResponseBody()) {
            body.writeTo(out);
        }
    }

    /** Refuses new requests and waits for the running ones, up to a timeout. */
    void drain(Duration timeout) {
        if (draining) {
            return;
        }
        draining = true;
        try {
            running.awaitAdvanceInterruptibly(running.arriveAndDeregister(), timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("seconds", timeout.toSeconds())
                    .log("aborting running downloads; the stop timeout has expired");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
