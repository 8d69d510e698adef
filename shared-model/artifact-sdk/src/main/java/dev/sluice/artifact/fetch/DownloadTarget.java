package dev.sluice.artifact.fetch;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.Hasher;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * Receives the bytes of one attempt on a thread of the HTTP client. Does not write to the sink after it was abandoned.
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

    /** Counts the bytes received, regardless of the headers. */
    synchronized void accept(byte[] bytes, int length) throws IOException {
        if (abandoned) {
            throw new IOException("the download was abandoned");
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

    /** Counts the response to a redirect as progress. */
    void progressed() {
        lastProgress = System.nanoTime();
    }

    long lastProgressNanos() {
        return lastProgress;
    }
}
