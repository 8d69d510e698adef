package dev.sluice.artifact.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. The caller's thread only waits, so that an interrupt, the deadline or a silent server ends
 * it at once, whatever the connection is doing.
 */
final class HttpExchangeRun {

    private final HttpClient client;
    private final Duration idleTimeout;
    private final Deadline deadline;

    HttpExchangeRun(HttpClient client, Duration idleTimeout, Deadline deadline) {
        this.client = client;
        this.idleTimeout = idleTimeout;
        this.deadline = deadline;
    }

    /** Sends the request; the body of a 200 goes to the download, any other is dropped. */
    HttpResponse<?> run(HttpRequest request, String shownUrl, Download download) throws IOException {
        download.progressed();
        BodyHandler<Object> handler = info -> info.statusCode() == 200
                ? BodySubscribers.mapping(new DownloadSubscriber(download), done -> done)
                : new IgnoredBody();
        CompletableFuture<HttpResponse<Object>> response = client.sendAsync(request, handler);
        try {
            return await(response, shownUrl, download);
        } catch (ExecutionException e) {
            throw failure(e.getCause(), shownUrl);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("download of '" + shownUrl + "' was interrupted");
        } finally {
            download.abandon();
            response.cancel(true);
        }
    }

    private HttpResponse<Object> await(CompletableFuture<HttpResponse<Object>> response, String url, Download download)
            throws IOException, InterruptedException, ExecutionException {
        while (true) {
            Duration idle = Duration.ofNanos(System.nanoTime() - download.lastProgressNanos());
            if (deadline.isOver()) {
                throw new RetryableFetchException(
                        "download of '" + url + "' was not finished in time", (Throwable) null);
            }
            if (idle.compareTo(idleTimeout) >= 0) {
                throw new RetryableFetchException(
                        "download of '" + url + "' stood still for " + idleTimeout.toMillis() + " ms",
                        (Throwable) null);
            }
            long wait = Math.min(
                    idleTimeout.minus(idle).toNanos(), deadline.remaining().toNanos());
            try {
                return response.get(wait, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // look again which limit it is, or whether there was progress
            }
        }
    }

    private static IOException failure(@Nullable Throwable cause, String url) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof DownloadSubscriber.SinkException sink) {
                return sink.failure();
            }
            if (t instanceof CertificateException
                    || t instanceof CertPathBuilderException
                    || t instanceof CertPathValidatorException) {
                return new FetchException(
                        "download of '" + url + "' failed: the server's certificate is not trusted: " + t.getMessage(),
                        cause);
            }
        }
        return new RetryableFetchException("download of '" + url + "' failed: " + reason(cause), cause);
    }

    /** The client's exceptions of failed connections have a class and no message. */
    private static String reason(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException) {
                return "the name of its host cannot be resolved";
            }
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return "its host refuses the connection or cannot be reached";
        }
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }
}
