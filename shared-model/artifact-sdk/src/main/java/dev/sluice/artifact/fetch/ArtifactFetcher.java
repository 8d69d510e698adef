package dev.sluice.artifact.fetch;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.digest.InvalidDigestException;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.MissingDigestException;
import dev.sluice.artifact.storage.UnparsableDigestException;
import java.io.Closeable;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads artifacts over HTTP and verifies them before they become available.
 *
 * <p>Every request is a plain GET. Only status 200 is accepted, up to 10 redirects are followed, the body is not
 * decoded, and nothing remains of a failed download. Messages contain the requested URL without credentials and query,
 * and the response status; they reveal nothing else about redirects or the response. An interrupt or the deadline ends
 * a download immediately. Thread-safe. Connections are pooled, so create one fetcher and keep it; close it if the process
 * does not need it until it ends. Idle connections end after 30 s: unless the system property
 * {@code jdk.httpclient.keepalive.timeout} is set, this class sets it for the process, because JDKs before 20 keep them
 * for 20 minutes.
 */
public final class ArtifactFetcher implements Closeable {

    private interface Try<T> {
        T run() throws IOException;
    }

    private interface Attempt {
        void writeTo(OutputStream sink) throws IOException;
    }

    /** An interruptible sleep; tests do not wait. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactFetcher.class);

    /** Limit for Retry-After when there is no earlier deadline. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private static final double JITTER = 0.1;

    private final FetchOptions options;
    private final FetchAttempt attempt;
    private final String owner;
    private final Sleeper sleeper;
    private final DoubleSupplier random;

    /** Whether this fetcher created the client. */
    private final boolean ownsClient;

    /** Creates a fetcher; does not open a connection. */
    public ArtifactFetcher(FetchOptions options) {
        this(
                options,
                Clock.systemUTC(),
                d -> Thread.sleep(d.toMillis()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    ArtifactFetcher(FetchOptions options, Clock clock, Sleeper sleeper, DoubleSupplier random) {
        this(
                options,
                new FetchAttempt(options, clock, HostLookups.ofProcess()),
                HostLookups.NO_OWNER,
                sleeper,
                random,
                true);
    }

    /** Creates a fetcher that uses a client of others. */
    ArtifactFetcher(FetchOptions options, FetchAttempt attempt, String owner, Sleeper sleeper, DoubleSupplier random) {
        this(options, attempt, owner, sleeper, random, false);
    }

    private ArtifactFetcher(
            FetchOptions options,
            FetchAttempt attempt,
            String owner,
            Sleeper sleeper,
            DoubleSupplier random,
            boolean ownsClient) {
        this.options = options;
        this.attempt = attempt;
        this.owner = owner;
        this.sleeper = sleeper;
        this.random = random;
        this.ownsClient = ownsClient;
    }

    /**
     * Returns a fetcher that downloads on behalf of an owner. A look-up of a host name cannot be interrupted, so the
     * number of running look-ups is limited: 16 for each owner, fewer while others have many, and 128 in the process; a
     * download that exceeds it fails with a {@link RetryableFetchException}. Use owners where somebody else chooses the
     * URLs. The fetcher shares the connections of this one, and can be used until this one is closed.
     *
     * @param owner such as the namespace of the object that names the URL; empty for none
     */
    public ArtifactFetcher withOwner(String owner) {
        return new ArtifactFetcher(options, attempt, owner, sleeper, random);
    }

    /**
     * Like {@link #fetch(String, String, Path, Deadline)}, without a deadline.
     *
     * @throws IOException see {@link #fetch(String, String, Path, Deadline)}
     */
    public void fetch(String url, String digest, Path target) throws IOException {
        fetch(url, digest, target, Deadline.never());
    }

    /**
     * Downloads to a file, with the retries in the options. Replaces the file by an atomic rename after the digest is
     * verified.
     *
     * @param digest {@code <algorithm>:<hex>}, or bare hex for SHA-256
     * @param deadline limit for all attempts and waits; a wait that would exceed it is not started
     * @throws ArtifactNotFoundException on status 404, which is not retried
     * @throws RetryableFetchException if the last attempt failed with a retryable error
     * @throws FetchException on an error that is not retryable: another status, an invalid URL, an untrusted
     *     certificate, too many redirects, more bytes than allowed
     * @throws UrlNotAllowedException if the options do not allow the URL or a redirect target
     * @throws DigestMismatchException if the content has another digest
     * @throws InterruptedIOException if the thread is interrupted; the interrupt flag stays set
     */
    public void fetch(String url, String digest, Path target, Deadline deadline) throws IOException {
        fetchFile(target, deadline, sink -> attempt(url, digest, sink, deadline));
    }

    /**
     * Downloads to a file without verification, with the retries in the options. Replaces the file as in
     * {@link #fetch(String, String, Path, Deadline)}. Only TLS protects the content: verify it by other means, or do not
     * trust it.
     *
     * @throws IOException see {@link #fetch(String, String, Path, Deadline)}
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
     * Downloads a small text without a digest, such as a checksum file, with the retries in the options. Only the
     * connection authenticates it, so use https.
     *
     * @param maxBytes limit for the text, which is held in memory
     * @throws IOException see {@link #fetch(String, String, Path, Deadline)}; also a {@link FetchException} if the text
     *     is too large or not UTF-8
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
     * Downloads once, so that the caller controls retries. Parameters and exceptions are those of {@link #fetch(String,
     * String, Path, Deadline)}.
     *
     * @param sink receives the bytes, unverified, and is not closed; its content is unusable if this throws. Written by
     *     another thread, but not after this method has returned
     * @throws IOException see {@link #fetch(String, String, Path, Deadline)}; exceptions of the sink are passed on
     */
    public void attempt(String url, String digest, OutputStream sink, Deadline deadline) throws IOException {
        Digest expected = expected(url, digest);
        Digest actual = download(url, expected.algorithm(), sink, deadline);
        if (!actual.equals(expected)) {
            throw new DigestMismatchException("download of '" + RedactedUrl.of(url) + "'", expected, actual);
        }
    }

    /** Checks the URL before the host is overridden. */
    private Digest download(String url, DigestAlgorithm algorithm, OutputStream sink, Deadline deadline)
            throws IOException {
        options.limits().allowedUrls().require(FetchAttempt.parse(url), RedactedUrl.of(url), "the URL");
        return attempt.run(owner, options.hostOverride().apply(url), algorithm, sink, deadline);
    }

    private static Digest expected(String url, String digest) throws IOException {
        if (digest.isEmpty()) {
            throw new MissingDigestException(
                    "cannot download '" + RedactedUrl.of(url) + "': it has no digest to verify");
        }
        try {
            return Digest.parseOrBareSha256(digest);
        } catch (InvalidDigestException e) {
            throw new UnparsableDigestException("cannot download '" + RedactedUrl.of(url) + "'", e);
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
        LOG.atInfo()
                .addKeyValue("error", failure.getMessage())
                .addKeyValue("retry", failures)
                .addKeyValue("wait", wait)
                .log("download failed; retrying");
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted before a retry");
            interrupted.initCause(failure);
            throw interrupted;
        }
    }

    /**
     * Closes the HTTP client with its connections and thread, after running downloads; further ones fail with an {@link
     * IllegalStateException}. A fetcher closes only the client that it created itself: closing one from {@link
     * #withOwner} has no effect. Does not wait. Java 17 has no method for that: there, the client ends when it is no
     * longer reachable, and its connections end after 30 idle seconds. Idempotent.
     */
    @Override
    public void close() {
        if (ownsClient) {
            attempt.close();
        }
    }
}
