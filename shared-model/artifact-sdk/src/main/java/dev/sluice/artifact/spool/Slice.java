package dev.sluice.artifact.spool;

import dev.sluice.artifact.tree.Blob;
import java.io.InputStream;

/** A range of bytes of a spool file. */
record Slice(SpoolFile file, long start, long size) implements Blob {

    @Override
    public InputStream openStream() {
        return new SliceInputStream(file, start, size);
    }
}
