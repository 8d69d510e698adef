package dev.sluice.reconciler.publish;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * Reads a new artifact back through the artifact server, because a network file system may show it late. Only a stalled
 * download fails: a large artifact may take long while bytes arrive, and one that has arrived without a stall for the
 * reading limit counts as served. Thread-safe.
 */
public final class ServedArtifactVerifier implements ServedCheck {

    private static final int TRIES = 3;

    private final ArtifactFetcher fetcher;
    private final Limits limits;

    /** Time of the last stall; further checks fail at once for a while. */
    private volatile long stalledAtNanos;

    private volatile boolean stalled;

    /**
     * Time limits of the check.
     *
     * @param pause between two attempts
     * @param standstill time without a byte after which an attempt fails; the same as the fetcher's
     * @param reading limit for one file; a file that has arrived this long without a stall counts as served
     */
    public record Limits(Duration pause, Duration standstill, Duration reading) {

        /** 1 s, 10 s, 1 min. */
        public static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    /**
     * Creates a verifier.
     *
     * @param fetcher fails a download that stalls for {@code limits.standstill()}
     */
    public ServedArtifactVerifier(ArtifactFetcher fetcher, Limits limits) {
        this.fetcher = fetcher;
        this.limits = limits;
    }

    @Override
    public void await(Artifact artifact) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            requireNotStalled();
            long begun = System.nanoTime();
            try {
                read(artifact);
                stalled = false;
                return;
            } catch (IOException e) {
                boolean silent = since(begun).compareTo(limits.standstill()) >= 0;
                if (silent) {
                    stalledAtNanos = System.nanoTime();
                    stalled = true;
                }
                if (silent || attempt == TRIES) {
                    throw notServed(attempt, e);
                }
            }
            Thread.sleep(limits.pause().toMillis());
        }
    }

    /** Fails at once after a recent stall, so that a hundred artifacts do not each wait ten seconds. */
    private void requireNotStalled() throws IOException {
        if (stalled && since(stalledAtNanos).compareTo(limits.standstill()) < 0) {
            throw new IOException(
                    "cannot verify the artifact: the artifact server sent no data for %d ms in a recent check; retrying"
                            .formatted(limits.standstill().toMillis()));
        }
    }

    private void read(Artifact artifact) throws IOException {
        try {
            fetcher.attempt(
                    artifact.url(),
                    Objects.requireNonNull(artifact.digest()),
                    new LimitedReading(),
                    Deadline.never()); // the run has its own deadline
        } catch (LongEnoughException served) {
            // the artifact arrived without a stall for the whole reading limit
        }
    }

    private static IOException notServed(int attempts, IOException last) {
        return new IOException(
                "artifact not served after %d attempt(s): %s".formatted(attempts, last.getMessage()), last);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static final class LongEnoughException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Discards its input until the reading limit is reached. */
    private final class LimitedReading extends OutputStream {

        private final long begun = System.nanoTime();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (since(begun).compareTo(limits.reading()) >= 0) {
                throw new LongEnoughException();
            }
        }
    }
}
