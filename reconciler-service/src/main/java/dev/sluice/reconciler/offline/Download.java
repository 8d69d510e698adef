package dev.sluice.reconciler.offline;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Opens a published artifact by its URL. Nobody has told its digest, and somebody waits at a terminal, so that it is
 * neither verified nor retried as the controller's downloads are.
 */
final class Download {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

    private Download() {}

    static boolean isUrl(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    static InputStream open(String url) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(RESPONSE_TIMEOUT)
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new OfflineException("the server answered with status %d".formatted(response.statusCode()));
            }
            return response.body();
        } catch (IllegalArgumentException e) {
            throw new OfflineException("it is not a valid URL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
