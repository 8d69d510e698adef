package dev.sluice.benchmarks;

import java.io.OutputStream;

/** Counts and discards the written bytes. */
final class CountingSink extends OutputStream {

    private long count;

    @Override
    public void write(int b) {
        count++;
    }

    @Override
    public void write(byte[] b, int off, int len) {
        count += len;
    }

    long count() {
        return count;
    }
}
