package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;

/** A volume whose disk can be made to fail. */
public final class FailingVolume {

    private volatile boolean fails = true;

    /** Returns the files in a directory. */
    public ServedFiles files(Path base) {
        return new ServedFiles(base, new Reads(), new SmallFiles(0, Duration.ZERO, Clock.systemUTC()));
    }

    /** Sets whether accesses fail; initially they do. */
    public void fail(boolean failing) {
        fails = failing;
    }

    private final class Reads implements VolumeReads {

        @Override
        public BasicFileAttributes attributes(Path path) throws IOException {
            if (fails) {
                throw new FileSystemException(path.toString(), null, "Input/output error");
            }
            return VolumeReads.super.attributes(path);
        }
    }
}
