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
 * The only way a file gets its name on the volume: written under a temp name in the same directory, flushed to disk,
 * renamed, and the rename flushed too. Whoever looks, at whatever moment the process dies, sees the old file or the
 * whole new one. Not committed is deleted on close; what a killed process leaves is garbage collected.
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
     * Writes a small text file for all to read, in place of what has the name.
     *
     * @param fence asked before the file gets its name
     */
    public static void write(Path target, String content, WriteFence fence) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (AtomicFile file = stage(target, READABLE, DigestAlgorithm.SHA256, out -> out.write(bytes))) {
            file.commit(fence);
        }
    }

    /** Writes the whole content beside the target, which stays untouched until {@link #commit}. */
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
     * Sets the modification time by the writer's clock: a file server's own may differ, and garbage is collected by the
     * writer's.
     */
    void stamp(Instant lastModified) throws IOException {
        Files.setLastModifiedTime(temp, FileTime.from(lastModified));
    }

    /** Gives the file its name, in place of what has it now; the fence is asked last. */
    void commit(WriteFence fence) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("can not store '" + target + "': a directory has that name, remove it");
        }
        channel.force(true);
        channel.close();
        fence.check();
        Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
        committed = true;
        flushDirectory(Objects.requireNonNull(target.getParent()));
    }

    /** Without this the new name may be lost in a power failure. */
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

    /** A full disk says "No space left on device" and nothing else: the file's name is added. */
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
                throw new IOException("can not store '" + target + "': " + e.getMessage(), e);
            }
        }
    }
}
