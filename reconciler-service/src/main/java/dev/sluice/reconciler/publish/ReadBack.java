package dev.sluice.reconciler.publish;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;

/** Reads the file back through the artifact server: a network file system may show it late. */
public final class ReadBack implements ServedCheck {

    private static final int TRIES = 3;
    private static final Duration TRY_LIMIT = Duration.ofSeconds(5);

    private final ArtifactFetcher fetcher;
    private final Duration pause;

    /**
     * A check over HTTP.
     *
     * @param pause between two tries
     */
    public ReadBack(ArtifactFetcher fetcher, Duration pause) {
        this.fetcher = fetcher;
        this.pause = pause;
    }

    @Override
    public void await(Artifact artifact) throws IOException, InterruptedException {
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            if (last != null) {
                Thread.sleep(pause.toMillis());
            }
            try {
                fetcher.attempt(
                        artifact.url(),
                        Objects.requireNonNull(artifact.digest()),
                        OutputStream.nullOutputStream(),
                        Deadline.after(TRY_LIMIT));
                return;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException(
                "the artifact server does not serve it yet (%d tries): %s"
                        .formatted(TRIES, Objects.requireNonNull(last).getMessage()),
                last);
    }
}
