package dev.sluice.reconciler.offline;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.InvalidDigestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Downloads a published artifact by its URL. Somebody waits at a terminal, so it is tried again a few times only, and
 * not after answers that stay as they are.
 */
final class Download {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);
    private static final int TRIES = 4;
    private static final int OK = 200;

    /** A pause that can be interrupted; tests do not wait. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final Sleeper sleeper;

    Download(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    static boolean isUrl(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    /**
     * Fills the file with what the URL offers.
     *
     * @param digest that it must have, or null when nobody has told
     */
    void fetch(String url, @Nullable String digest, Path file) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(RESPONSE_TIMEOUT)
                    .build();
            fetch(request, file);
        } catch (IllegalArgumentException e) {
            throw new OfflineException("it is not a valid URL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (digest != null) {
            verify(digest, file);
        }
    }

    private void fetch(HttpRequest request, Path file) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                HttpResponse<Path> response = client.send(request, HttpResponse.BodyHandlers.ofFile(file));
                if (response.statusCode() == OK) {
                    return;
                }
                if (tried == TRIES || !isRetryable(response.statusCode())) {
                    throw new OfflineException("the server answered with status %d".formatted(response.statusCode()));
                }
            } catch (OfflineException e) {
                throw e;
            } catch (IOException e) {
                if (tried == TRIES) {
                    throw new OfflineException("%d tries failed".formatted(TRIES), e);
                }
            }
            sleeper.sleep(Duration.ofSeconds(1L << (tried - 1)));
        }
    }

    private static boolean isRetryable(int status) {
        return status == 429 || (status >= 500 && status != 501);
    }

    static void verify(String digest, Path file) throws IOException {
        Digest expected;
        try {
            expected = Digest.parseOrBareSha256(digest);
        } catch (InvalidDigestException e) {
            throw new OfflineException("--digest cannot be read", e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            Digest actual = Digest.ofStream(expected.algorithm(), in);
            if (!actual.equals(expected)) {
                throw new OfflineException("its digest is %s, not %s".formatted(actual, expected));
            }
        }
    }
}
