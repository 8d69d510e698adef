package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The compression of one chunk: queued, running or done. */
record Compression(GzipChunk chunk, FutureTask<GzipChunk> task) {

    private static final long TIMEOUT_MINUTES = 5;

    static Compression of(GzipChunk chunk) {
        return new Compression(chunk, new FutureTask<>(chunk::compress, chunk));
    }

    /** Waits until the chunk is compressed; compresses it on this thread if no other has started. */
    GzipChunk await() throws IOException {
        task.run();
        try {
            return task.get(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while writing an archive").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException("cannot compress an archive", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(
                    "compressing a chunk of an archive timed out after " + TIMEOUT_MINUTES + " minutes", e);
        }
    }
}
