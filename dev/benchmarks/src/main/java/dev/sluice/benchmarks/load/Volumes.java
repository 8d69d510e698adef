package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Test volumes for a server under load. */
final class Volumes {

    private Volumes() {}

    /** Creates an empty volume in a new directory that other users can read. */
    static Path create(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.createDirectory(volume.resolve("load"));
        Files.writeString(volume.resolve(".sluice-volume"), "id=load\nlayout=1\n");
        return volume;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
