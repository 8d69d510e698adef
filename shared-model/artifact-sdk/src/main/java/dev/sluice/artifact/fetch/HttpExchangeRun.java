package dev.sluice.artifact.fetch;

import dev.sluice.artifact.spiffe.PeerRefusedException;
import dev.sluice.artifact.tls.TlsUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. The caller's thread only waits, so that an interrupt, the deadline or an idle server
 * ends the request immediately, in any state of the connection.
 */
final class HttpExchangeRun {

    private final HttpClient client;
    private final FetchOptions options;
    private final Deadline deadline;

    HttpExchangeRun(HttpClient client, FetchOptions options, Deadline deadline) {
        this.client = client;
        this.options = options;
        this.deadline = deadline;
    }

    /** Sends the request; passes the body of a 200 response to the download and discards any other. */
    HttpResponse<?> run(HttpRequest request, String shownUrl, DownloadTarget download) throws IOException {
        download.progressed();
        BodyHandler<Object> handler = info -> info.statusCode() == 200
                ? BodySubscribers.mapping(new DownloadSubscriber(download), done -> done)
                : new DiscardedBody();
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

    private HttpResponse<Object> await(
            CompletableFuture<HttpResponse<Object>> response, String url, DownloadTarget download)
            throws IOException, InterruptedException, ExecutionException {
        RateWatch rate = new RateWatch(options.limits().minimumRate(), download);
        while (true) {
            Duration idle = Duration.ofNanos(System.nanoTime() - download.lastProgressNanos());
            if (deadline.isOver()) {
                throw late(url, "timed out");
            }
            if (idle.compareTo(options.timeouts().idle()) >= 0) {
                throw late(
                        url, "received no data for " + options.timeouts().idle().toMillis() + " ms");
            }
            if (rate.isTooSlow()) {
                throw RetryableFetchException.tooSlow("download of '" + url + "' is slower than the minimum of "
                        + options.limits().minimumRate().bytesPerSecond() + " bytes per second");
            }
            Duration wait =
                    shortest(options.timeouts().idle().minus(idle), deadline.remaining(), rate.untilWindowEnds());
            try {
                return response.get(wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // check the limits again
            }
        }
    }

    private static RetryableFetchException late(String url, String what) {
        return new RetryableFetchException("download of '" + url + "' " + what, (Throwable) null);
    }

    private static Duration shortest(Duration... durations) {
        return Stream.of(durations).min(Duration::compareTo).orElseThrow();
    }

    /**
     * Keeps details of the response and the client's messages in the cause, because messages reach users who must not
     * see them.
     */
    private IOException failure(@Nullable Throwable cause, String url) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof DownloadSubscriber.SinkException sink) {
                return sink.failure();
            }
            if (t instanceof TlsUnavailableException) {
                return new RetryableFetchException(
                        "download of '" + url + "' failed: this controller has no usable TLS certificates; see its log",
                        cause);
            }
            if (t instanceof PeerRefusedException) {
                return new FetchException("download of '" + url + "' failed: " + t.getMessage(), cause);
            }
            if (t instanceof CertificateException
                    || t instanceof CertPathBuilderException
                    || t instanceof CertPathValidatorException) {
                return new FetchException(
                        "download of '" + url + "' failed: the server's certificate is not trusted", cause);
            }
        }
        String failed = "download of '" + url + "' failed: ";
        return unreachable(cause)
                .<IOException>map(reason -> RetryableFetchException.unreachable(failed + reason, cause))
                .orElseGet(() -> new RetryableFetchException(failed + broken(cause), cause));
    }

    /** The client's exceptions for failed connections have no message, so distinguishes them by class. */
    private Optional<String> unreachable(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return Optional.of("cannot resolve the host name");
            }
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return Optional.of("no connection to the host within "
                    + options.timeouts().connect().toMillis() + " ms, including name lookup and TLS handshake");
        }
        return cause instanceof ConnectException
                ? Optional.of("the host refused the connection or is unreachable")
                : Optional.empty();
    }

    /** A server that refuses an SVID can also just close the connection: with TLS 1.3, the client has already sent the request. */
    private String broken(@Nullable Throwable cause) {
        String offered = options.access()
                .offered()
                .map(what -> "; offered " + what + ", check whether the host authorizes it")
                .orElse("");
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof SSLException tls) {
                return "cannot establish a TLS connection to the host" + TlsFailure.reason(tls) + offered;
            }
        }
        return "the connection broke or the response is not HTTP" + offered;
    }
}
