package dev.sluice.artifact.fetch;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.digest.InvalidDigestException;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.MissingDigestException;
import dev.sluice.artifact.storage.UnparsableDigestException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Downloads artifacts over HTTP and verifies them, before anybody can use them.
 *
 * <p>Every request is a plain GET; only 200 is accepted, up to 10 redirects are followed, the body is never decoded, and
 * nothing is kept of a download that fails. Messages name the URL that was asked for, without credentials and query, and
 * tell nothing of where it led, nor of the answer but its status. An interrupt or the
 * deadline ends a download at once. Thread-safe; connections are shared and reused, so make one and keep it.
 */
public final class ArtifactFetcher {

    private interface Try<T> {
        T run() throws IOException;
    }

    private interface Attempt {
        void writeTo(OutputStream sink) throws IOException;
    }

    /** A pause that can be interrupted; tests do not wait. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Without a nearer deadline: no server can hold the caller longer between two tries. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private static final double JITTER = 0.1;

    private final FetchOptions options;
    private final FetchAttempt attempt;
    private final Sleeper sleeper;
    private final DoubleSupplier random;

    /** Opens no connection yet. */
    public ArtifactFetcher(FetchOptions options) {
        this(
                options,
                Clock.systemUTC(),
                d -> Thread.sleep(d.toMillis()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    ArtifactFetcher(FetchOptions options, Clock clock, Sleeper sleeper, DoubleSupplier random) {
        this.options = options;
        this.attempt = new FetchAttempt(options, clock);
        this.sleeper = sleeper;
        this.random = random;
    }

    /**
     * Downloads to a file, with the retries of the options. As {@link #fetch(String, String, Path, Deadline)} without a
     * deadline.
     *
     * @throws IOException as there
     */
    public void fetch(String url, String digest, Path target) throws IOException {
        fetch(url, digest, target, Deadline.never());
    }

    /**
     * Downloads to a file, with the retries of the options. The file appears, by atomic rename and in place of what was
     * there, only when its digest is right.
     *
     * @param digest {@code <algorithm>:<hex>}, or bare hex for SHA-256
     * @param deadline of all tries and waits; a wait that would reach it is not begun
     * @throws ArtifactNotFoundException on 404, which is not retried
     * @throws RetryableFetchException if the last try failed in a way that may pass
     * @throws FetchException if the download failed for good: another status, a bad URL, an untrusted certificate, too
     *     many redirects, more bytes than allowed
     * @throws UrlNotAllowedException if the options do not allow the URL, or where it was redirected
     * @throws DigestMismatchException if the content has another digest
     * @throws InterruptedIOException if interrupted; the interrupt status is set
     */
    public void fetch(String url, String digest, Path target, Deadline deadline) throws IOException {
        fetchFile(target, deadline, sink -> attempt(url, digest, sink, deadline));
    }

    /**
     * Downloads to a file without verification, with the retries of the options. The file appears as in
     * {@link #fetch(String, String, Path, Deadline)}. Only TLS protects the content: verify it by other means, or do not
     * trust it.
     *
     * @throws IOException as {@link #fetch(String, String, Path, Deadline)}
     */
    public void fetchUnverified(String url, Path target, Deadline deadline) throws IOException {
        fetchFile(target, deadline, sink -> download(url, DigestAlgorithm.SHA256, sink, deadline));
    }

    private void fetchFile(Path target, Deadline deadline, Attempt once) throws IOException {
        Path directory =
                Objects.requireNonNull(target.toAbsolutePath().getParent(), "the target is the root directory");
        Path temp = Files.createTempFile(directory, ".tmp-", "");
        try {
            retrying(deadline, () -> {
                try (OutputStream sink = Files.newOutputStream(temp)) {
                    once.writeTo(sink);
                }
                return temp;
            });
            Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temp);
        }
    }

    /**
     * Downloads a small text that has no digest, such as a file of checksums, with the retries of the options. Nothing
     * vouches for it but the connection: use https.
     *
     * @param maxBytes of the text, held in memory
     * @throws IOException as {@link #fetch(String, String, Path, Deadline)}; a {@link FetchException} also if it is no
     *     UTF-8 or too large
     */
    public String fetchText(String url, int maxBytes, Deadline deadline) throws IOException {
        return retrying(deadline, () -> {
            LimitedText text = new LimitedText(RedactedUrl.of(url), maxBytes);
            download(url, DigestAlgorithm.SHA256, text, deadline);
            return text.text();
        });
    }

    private <T> T retrying(Deadline deadline, Try<T> once) throws IOException {
        for (int failures = 1; ; failures++) {
            try {
                return once.run();
            } catch (RetryableFetchException e) {
                pause(e, failures, deadline);
            }
        }
    }

    /**
     * Downloads once, so that the caller can do something else before it tries again. Parameters and exceptions are
     * those of {@link #fetch(String, String, Path, Deadline)}.
     *
     * @param sink gets the bytes as they come, unverified, and is not closed; what it got is worthless if this throws.
     *     Written by another thread, but not after this has returned
     * @throws IOException as there; a failure of the sink comes as it is
     */
    public void attempt(String url, String digest, OutputStream sink, Deadline deadline) throws IOException {
        Digest expected = expected(url, digest);
        Digest actual = download(url, expected.algorithm(), sink, deadline);
        if (!actual.equals(expected)) {
            throw new DigestMismatchException("download of '" + RedactedUrl.of(url) + "'", expected, actual);
        }
    }

    /** The allow-list applies to the URL before the host override. */
    private Digest download(String url, DigestAlgorithm algorithm, OutputStream sink, Deadline deadline)
            throws IOException {
        options.allowedUrls().require(FetchAttempt.parse(url), RedactedUrl.of(url), "it");
        return attempt.run(options.hostOverride().apply(url), algorithm, sink, deadline);
    }

    private static Digest expected(String url, String digest) throws IOException {
        if (digest.isEmpty()) {
            throw new MissingDigestException(
                    "'" + RedactedUrl.of(url) + "' is not downloaded: it has no digest to verify");
        }
        try {
            return Digest.parseOrBareSha256(digest);
        } catch (InvalidDigestException e) {
            throw new UnparsableDigestException("'" + RedactedUrl.of(url) + "' is not downloaded", e);
        }
    }

    private void pause(RetryableFetchException failure, int failures, Deadline deadline) throws IOException {
        Duration backOff = options.retry().waitAfter(failures);
        Duration jittered = backOff.plusMillis((long) (backOff.toMillis() * JITTER * random.getAsDouble()));
        Duration wait = failure.retryAfter().orElse(jittered);
        boolean tooLong = wait.compareTo(LONGEST_RETRY_AFTER) > 0 || wait.compareTo(deadline.remaining()) >= 0;
        if (failures > options.retry().retries() || tooLong) {
            throw failure;
        }
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted before a retry");
            interrupted.initCause(failure);
            throw interrupted;
        }
    }
}
