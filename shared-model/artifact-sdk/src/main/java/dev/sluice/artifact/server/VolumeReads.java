package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file system operations for serving. An interface, because tests cannot provoke the failures of network file
 * systems.
 */
interface VolumeReads {

    VolumeReads REAL = new VolumeReads() {};

    /** Reads attributes without following links. */
    default BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    default Path linkTarget(Path link) throws IOException {
        return Files.readSymbolicLink(link);
    }

    default FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** Reads the directory until it finds the name, at most {@code maxEntries} entries. */
    default boolean lists(Path directory, String name, int maxEntries) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            int seen = 0;
            for (Path entry : entries) {
                if (entry.getFileName().toString().equals(name)) {
                    return true;
                }
                if (++seen == maxEntries) {
                    return false;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
