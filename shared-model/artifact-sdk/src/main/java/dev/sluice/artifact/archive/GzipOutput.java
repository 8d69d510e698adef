package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** First version. */
final class GzipOutput extends OutputStream {
    private final GZIPOutputStream gzip;

    GzipOutput(OutputStream out, ArchiveOptions options) throws IOException {
        gzip = new GZIPOutputStream(out, 65536) {
            {
                def.setLevel(options.level());
            }
        };
    }

    @Override
    public void write(int b) throws IOException {
        gzip.write(b);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        gzip.write(b, off, len);
    }

    void finish() throws IOException {
        gzip.finish();
    }
}
