package dev.sluice.artifact.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a volume from an empty directory that stands in its place: the file {@code .sluice-volume} in the base
 * directory, made once by the writer and read by every server. It is never served.
 *
 * @param id random, stays for the life of the volume
 * @param layoutVersion how the files on the volume are laid out; this version reads and writes {@value #LAYOUT}
 */
public record VolumeIdentity(String id, int layoutVersion) {

    /** The file's name in the base directory. */
    public static final String FILE_NAME = ".sluice-volume";

    private static final int LAYOUT = 1;
    private static final int MAX_BYTES = 256;
    private static final Pattern FORMAT =
            Pattern.compile("id=([0-9a-zA-Z-]{1,64})\nlayout=(\\d{1,9})\n.*", Pattern.DOTALL);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    /**
     * The identity of the volume.
     *
     * @return empty if the volume has none yet
     * @throws IOException if the file can not be read, is damaged, or is of a layout that this version does not know
     */
    public static Optional<VolumeIdentity> read(Path base) throws IOException {
        Path file = base.resolve(FILE_NAME);
        byte[] content;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            content = in.readNBytes(MAX_BYTES);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Matcher parts = FORMAT.matcher(new String(content, StandardCharsets.UTF_8));
        if (!parts.matches()) {
            throw new IOException("volume identity '" + file
                    + "' is damaged: remove it, and the writer makes a new one at its next start");
        }
        int layout = Integer.parseInt(parts.group(2));
        if (layout != LAYOUT) {
            throw new IOException("volume '" + base + "' has layout " + layout + ", this version knows layout " + LAYOUT
                    + " only: run the version that wrote it, or use an empty volume");
        }
        return Optional.of(new VolumeIdentity(parts.group(1), layout));
    }

    /**
     * The identity of the volume, made atomically if there is none. For the one writer of the volume.
     *
     * @throws IOException as {@link #read} does, and if the file can not be written
     */
    public static VolumeIdentity readOrCreate(Path base) throws IOException {
        return readOrCreate(base, WriteFence.OPEN);
    }

    /**
     * As {@link #readOrCreate(Path)}, for a process that may not always write.
     *
     * @param fence asked before the file gets its name
     */
    public static VolumeIdentity readOrCreate(Path base, WriteFence fence) throws IOException {
        Optional<VolumeIdentity> existing = read(base);
        if (existing.isPresent()) {
            return existing.get();
        }
        return DirectoryLock.hold(base.toRealPath(), LOCK_PATIENCE, () -> {
            Optional<VolumeIdentity> madeMeanwhile = read(base);
            return madeMeanwhile.isPresent() ? madeMeanwhile.get() : create(base, fence);
        });
    }

    private static VolumeIdentity create(Path base, WriteFence fence) throws IOException {
        VolumeIdentity identity = new VolumeIdentity(UUID.randomUUID().toString(), LAYOUT);
        AtomicFile.write(base.resolve(FILE_NAME), "id=" + identity.id + "\nlayout=" + LAYOUT + "\n", fence);
        return identity;
    }
}
