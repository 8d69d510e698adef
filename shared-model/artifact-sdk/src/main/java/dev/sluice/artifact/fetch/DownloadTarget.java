package dev.sluice.artifact.fetch;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.Hasher;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * Where the bytes of one try go. The HTTP client brings them on a thread of its own; once the caller has given up, the
 * sink is not touched any more.
 */
final class DownloadTarget {

    private final String shownUrl;
    private final OutputStream sink;
    private final Hasher hasher;
    private final OptionalLong maxBytes;
    private long count;
    private boolean abandoned;
    private volatile long lastProgress = System.nanoTime();

    DownloadTarget(String shownUrl, OutputStream sink, DigestAlgorithm algorithm, OptionalLong maxBytes) {
        this.shownUrl = shownUrl;
        this.sink = sink;
        this.hasher = algorithm.newHasher();
        this.maxBytes = maxBytes;
    }

    /** Counts by what was read, whatever the headers promised. */
    synchronized void accept(byte[] bytes, int length) throws IOException {
        if (abandoned) {
            throw new IOException("the download was given up");
        }
        count += length;
        if (maxBytes.isPresent() && count > maxBytes.getAsLong()) {
            throw new FetchException("download of '" + shownUrl + "' is larger than the limit of "
                    + maxBytes.getAsLong() + " bytes; raise the limit or make the artifact smaller");
        }
        sink.write(bytes, 0, length);
        hasher.update(bytes, 0, length);
        lastProgress = System.nanoTime();
    }

    synchronized long count() {
        return count;
    }

    synchronized void abandon() {
        abandoned = true;
    }

    synchronized Digest digest() {
        return hasher.digest();
    }

    /** Counted from: a new answer of a redirect is progress too. */
    void progressed() {
        lastProgress = System.nanoTime();
    }

    long lastProgressNanos() {
        return lastProgress;
    }
}
