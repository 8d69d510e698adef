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
 * By what a volume is known without reading of it: two looks at names, which a network file system answers from memory.
 *
 * @param base identity of the base directory, which a mount changes
 * @param identity identity of the file that names the volume
 * @param modified when that file was written
 * @param sizeBytes its size
 */
record VolumeMark(@Nullable Object base, @Nullable Object identity, FileTime modified, long sizeBytes) {

    /** The mark of a volume without a file that names it, and of one that cannot be looked at. */
    static final VolumeMark NONE = new VolumeMark(null, null, FileTime.fromMillis(0), 0);

    static VolumeMark of(Path base) {
        try {
            BasicFileAttributes directory = attributes(base);
            BasicFileAttributes file = attributes(base.resolve(VolumeIdentity.FILE_NAME));
            return new VolumeMark(directory.fileKey(), file.fileKey(), file.lastModifiedTime(), file.size());
        } catch (IOException e) {
            return NONE;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
