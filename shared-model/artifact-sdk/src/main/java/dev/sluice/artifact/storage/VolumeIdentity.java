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
 * The identity of a volume, which distinguishes it from an empty directory in its place: the file {@code
 * .sluice-volume} in the base directory, created once by the writer and read by every server. It is never served.
 *
 * @param id random identifier, constant for the life of the volume
 * @param layoutVersion version of the file layout; this version supports {@value #LAYOUT}
 */
public record VolumeIdentity(String id, int layoutVersion) {

    /** Name of the file in the base directory. */
    public static final String FILE_NAME = ".sluice-volume";

    private static final int LAYOUT = 1;
    private static final int MAX_BYTES = 256;
    private static final Pattern FORMAT =
            Pattern.compile("id=([0-9a-zA-Z-]{1,64})\nlayout=(\\d{1,9})\n.*", Pattern.DOTALL);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    /**
     * Reads the identity of the volume.
     *
     * @return empty if the volume has none yet
     * @throws IOException if the file cannot be read, is damaged, or has an unsupported layout version
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
                    + "' is damaged; remove it, and the writer creates a new one at its next start");
        }
        int layout = Integer.parseInt(parts.group(2));
        if (layout != LAYOUT) {
            throw new IOException(
                    "volume '" + base + "' has layout " + layout + ", but this version supports only layout " + LAYOUT
                            + "; run the version that wrote it, or use an empty volume");
        }
        return Optional.of(new VolumeIdentity(parts.group(1), layout));
    }

    /**
     * Reads the identity of the volume, or creates it atomically if there is none. Only for the writer of the volume.
     *
     * @throws IOException see {@link #read}; also if the file cannot be written
     */
    public static VolumeIdentity readOrCreate(Path base) throws IOException {
        return readOrCreate(base, WriteFence.OPEN);
    }

    /**
     * Like {@link #readOrCreate(Path)}, for a process that may write only at certain times.
     *
     * @param fence checked before the file gets its final name
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
