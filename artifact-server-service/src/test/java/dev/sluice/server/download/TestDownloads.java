package dev.sluice.server.download;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Creates {@link Downloads} for tests in other packages. */
public final class TestDownloads {

    private TestDownloads() {}

    /** Creates downloads with an unused meter registry. */
    public static Downloads create() {
        return new Downloads(new SimpleMeterRegistry());
    }
}
