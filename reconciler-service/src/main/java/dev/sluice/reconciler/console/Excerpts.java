package dev.sluice.reconciler.console;

import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Keeps the beginnings of files in memory, in the heap of a run. Not thread-safe. */
final class Excerpts implements BlobStore {

    private final int maxBytes;
    private final RunBudget run;

    /** @param maxBytes of each file */
    Excerpts(int maxBytes, RunBudget run) {
        this.maxBytes = maxBytes;
        this.run = run;
    }

    @Override
    public Blob store(InputStream content) throws IOException {
        var unused = run.takeHeap("the content of a file", maxBytes); // returned at the end of the run
        byte[] beginning = content.readNBytes(maxBytes);
        return new Excerpt(beginning, beginning.length + content.transferTo(OutputStream.nullOutputStream()));
    }

    @Override
    public Blob store(byte[] content) throws IOException {
        return store(new ByteArrayInputStream(content));
    }

    /** The beginning of a file. */
    private static final class Excerpt implements Blob {

        private final byte[] beginning;
        private final long size;

        Excerpt(byte[] beginning, long size) {
            this.beginning = beginning;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public InputStream openStream() {
            return new ByteArrayInputStream(beginning);
        }
    }
}
