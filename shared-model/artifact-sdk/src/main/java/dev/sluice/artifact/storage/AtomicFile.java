package dev.sluice.artifact.storage;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestingOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Writes a file atomically; the only way in which files are written to the volume. Writes a temporary file in the same
 * directory, flushes it to disk, renames it, and flushes the directory. At any time, even after a crash, readers see
 * either the old or the complete new file. Closing without {@link #commit} deletes the temporary file; garbage
 * collection deletes those of killed processes.
 */
public final class AtomicFile implements Closeable {

    /** Writes the content of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** A server may run as another user, and none of these files is a secret. */
    private static final FileModes READABLE = new FileModes(0644, 0755);

    private final Path target;
    private final Path temp;
    private final FileChannel channel;
    private final Digest digest;
    private final long size;
    private boolean committed;

    private AtomicFile(Path target, Path temp, FileChannel channel, DigestingOutputStream written) {
        this.target = target;
        this.temp = temp;
        this.channel = channel;
        this.digest = written.digest();
        this.size = written.count();
    }

    /**
     * Writes a small text file that is readable by all; replaces an existing file.
     *
     * @param fence checked before the file gets its final name
     */
    public static void write(Path target, String content, WriteFence fence) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (AtomicFile file = stage(target, READABLE, DigestAlgorithm.SHA256, out -> out.write(bytes))) {
            file.commit(fence);
        }
    }

    /** Writes the content to a temporary file; the target is unchanged until {@link #commit}. */
    static AtomicFile stage(Path target, FileModes modes, DigestAlgorithm algorithm, Content content)
            throws IOException {
        Path temp = target.resolveSibling(StoredNames.newTemp());
        FileChannel channel =
                FileChannel.open(temp, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE);
        try {
            modes.setFile(temp);
            DigestingOutputStream out = new DigestingOutputStream(new NamedOutput(target, channel), algorithm);
            content.writeTo(out);
            out.flush();
            return new AtomicFile(target, temp, channel, out);
        } catch (IOException | RuntimeException | Error e) {
            discard(channel, temp, e);
            throw e;
        }
    }

    Digest digest() {
        return digest;
    }

    long size() {
        return size;
    }

    /**
     * Sets the modification time by the writer's clock, which garbage collection uses; that of a file server may
     * differ.
     */
    void stamp(Instant lastModified) throws IOException {
        Files.setLastModifiedTime(temp, FileTime.from(lastModified));
    }

    /** Renames the file to its target and replaces an existing one; checks the fence immediately before. */
    void commit(WriteFence fence) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("cannot store '" + target + "': a directory has that name; remove it");
        }
        channel.force(true);
        channel.close();
        fence.check();
        Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
        committed = true;
        flushDirectory(Objects.requireNonNull(target.getParent()));
    }

    /** Flushes the directory, because a power failure could otherwise lose the rename. */
    private static void flushDirectory(Path directory) throws IOException {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            channel.close();
            Files.deleteIfExists(temp);
        }
    }

    private static void discard(FileChannel channel, Path temp, Throwable reason) {
        try (channel) {
            Files.deleteIfExists(temp);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Adds the file's name to exceptions, because that of a full disk is only "No space left on device". */
    private static final class NamedOutput extends OutputStream {

        private final Path target;
        private final OutputStream out;

        NamedOutput(Path target, FileChannel channel) {
            this.target = target;
            this.out = Channels.newOutputStream(channel);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException("cannot store '" + target + "': " + e.getMessage(), e);
            }
        }
    }
}
