package dev.sluice.reconciler.console;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.Blob;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file of an archive, in a temporary file that is removed when this is closed.
 *
 * @param name without its directory
 */
record FileContent(String name, Blob blob, SpoolFile spool) implements Closeable {

    InputStream open() throws IOException {
        return blob.openStream();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
