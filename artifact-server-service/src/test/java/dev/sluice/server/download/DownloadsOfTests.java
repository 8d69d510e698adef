package dev.sluice.server.download;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Downloads for tests of other packages. */
public final class DownloadsOfTests {

    private DownloadsOfTests() {}

    /** Downloads that nobody counts. */
    public static Downloads create() {
        return new Downloads(new SimpleMeterRegistry());
    }
}
