package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A volume that counts how often directories are read. */
public final class CountedListings {

    private final AtomicInteger count = new AtomicInteger();

    /** Returns the files in a directory. */
    public ServedFiles files(Path base) {
        return new ServedFiles(base, new Reads(), new SmallFiles(0, Duration.ZERO, Clock.systemUTC()));
    }

    /** Returns how often directories were read. */
    public int count() {
        return count.get();
    }

    private final class Reads implements VolumeReads {

        @Override
        public boolean lists(Path directory, String name, int maxEntries) throws IOException {
            count.incrementAndGet();
            return VolumeReads.super.lists(directory, name, maxEntries);
        }
    }
}
