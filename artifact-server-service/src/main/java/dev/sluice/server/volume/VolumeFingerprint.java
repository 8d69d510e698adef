package dev.sluice.server.volume;

import dev.sluice.artifact.storage.VolumeIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * File attributes that change when the volume is replaced. They take two stat calls, which a network file system answers
 * from its attribute cache.
 *
 * @param base file key of the base directory, which a mount changes
 * @param identity file key of the volume's identity file
 * @param modified modification time of that file
 * @param sizeBytes size of that file
 */
record VolumeFingerprint(@Nullable Object base, @Nullable Object identity, FileTime modified, long sizeBytes) {

    /** The fingerprint of a volume that has no identity file or cannot be read. */
    static final VolumeFingerprint NONE = new VolumeFingerprint(null, null, FileTime.fromMillis(0), 0);

    static VolumeFingerprint of(Path base) {
        try {
            BasicFileAttributes directory = attributes(base);
            BasicFileAttributes file = attributes(base.resolve(VolumeIdentity.FILE_NAME));
            return new VolumeFingerprint(directory.fileKey(), file.fileKey(), file.lastModifiedTime(), file.size());
        } catch (IOException e) {
            return NONE;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
