package dev.sluice.reconciler.publish;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * Reads the file back through the artifact server: a network file system may show it late. Judged by progress, not by a
 * stopwatch: as long as bytes come, a large artifact may take its time, and one that has come without a break for so long
 * that a worker is needed elsewhere is taken as served. Thread-safe.
 */
public final class ServedArtifactVerifier implements ServedCheck {

    private static final int TRIES = 3;

    private final ArtifactFetcher fetcher;
    private final Limits limits;

    /** When the server stood still; others need not find out again for a while. */
    private volatile long stoodStillNanos;

    private volatile boolean stoodStill;

    /**
     * How long is waited.
     *
     * @param pause between two tries
     * @param standstill without any byte, after which a try fails; as the fetcher has it
     * @param reading of one file; what has come without a break for so long need not be read to its end
     */
    public record Limits(Duration pause, Duration standstill, Duration reading) {

        /** 1 s, 10 s, 1 min. */
        public static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    /**
     * A check over HTTP.
     *
     * @param fetcher gives up a download that stands still for as long as the limits say
     */
    public ServedArtifactVerifier(ArtifactFetcher fetcher, Limits limits) {
        this.fetcher = fetcher;
        this.limits = limits;
    }

    @Override
    public void await(Artifact artifact) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            requireAnswers();
            long begun = System.nanoTime();
            try {
                read(artifact);
                stoodStill = false;
                return;
            } catch (IOException e) {
                boolean silent = since(begun).compareTo(limits.standstill()) >= 0;
                if (silent) {
                    stoodStillNanos = System.nanoTime();
                    stoodStill = true;
                }
                if (silent || attempt == TRIES) {
                    throw notServed(attempt, e);
                }
            }
            Thread.sleep(limits.pause().toMillis());
        }
    }

    /** A hundred artifacts must not find out one after the other, each for ten seconds, that a server is silent. */
    private void requireAnswers() throws IOException {
        if (stoodStill && since(stoodStillNanos).compareTo(limits.standstill()) < 0) {
            throw new IOException(
                    "cannot verify that the artifact is served: the artifact server stood still for %d ms a"
                                    .formatted(limits.standstill().toMillis())
                            + " moment ago; retrying");
        }
    }

    private void read(Artifact artifact) throws IOException {
        try {
            fetcher.attempt(
                    artifact.url(),
                    Objects.requireNonNull(artifact.digest()),
                    new LimitedReading(),
                    Deadline.never()); // the run has one
        } catch (LongEnoughException served) {
            // it came without a break
        }
    }

    private static IOException notServed(int attempts, IOException last) {
        return new IOException(
                "the artifact is not served after %d attempt(s): %s".formatted(attempts, last.getMessage()), last);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static final class LongEnoughException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Drops what it gets, for as long as reading may take. */
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
