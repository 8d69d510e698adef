package dev.sluice.kubeapi.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * An append-only file of records: length and CRC-32C, four bytes each, then JSON. An append returns after the kernel
 * has the data, so it survives {@code kill -9}. The data is not synced to disk, so a power failure can lose the last
 * writes. Not thread-safe: guarded by the store's lock.
 */
final class FileJournal implements Journal {

    static final String FILE_NAME = "journal";

    private static final int HEADER_BYTES = 8;
    private static final int MAX_RECORD_BYTES = 64 << 20;
    private static final long COMPACTION_FLOOR_BYTES = 4L << 20;

    private final Path file;
    private final FileChannel lockChannel;
    private FileChannel channel;
    private long end;
    private long compactedSize;

    private FileJournal(Path file, FileChannel lockChannel, FileChannel channel) {
        this.file = file;
        this.lockChannel = lockChannel;
        this.channel = channel;
    }

    /**
     * Opens the directory's journal and replays it. Truncates an incomplete record at the end, which a killed process
     * leaves.
     *
     * @throws IOException if another process uses the directory, or a record before the last is corrupt
     */
    static FileJournal open(Path directory, Consumer<JournalRecord> replay) throws IOException {
        Files.createDirectories(directory);
        FileChannel lockChannel = lock(directory);
        try {
            Path file = directory.resolve(FILE_NAME);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileJournal journal = new FileJournal(file, lockChannel, channel);
            journal.end = journal.replay(replay);
            journal.compactedSize = journal.end;
            channel.truncate(journal.end);
            return journal;
        } catch (IOException | RuntimeException e) {
            lockChannel.close();
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path path = directory.resolve("lock");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // locked by this process: same message as for another process
        }
        channel.close();
        throw new IOException("cannot open data directory '" + directory
                + "': in use by another Kubernetes API; stop it or choose another directory");
    }

    /** Returns the end of the intact records. */
    private long replay(Consumer<JournalRecord> replay) throws IOException {
        long size = channel.size();
        long position = 0;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        while (position + HEADER_BYTES <= size) {
            header.clear();
            readFully(header, position);
            int length = header.flip().getInt();
            long next = position + HEADER_BYTES + length;
            if (length <= 0 || length > MAX_RECORD_BYTES || next > size) {
                return tornAt(position, size, length);
            }
            ByteBuffer payload = ByteBuffer.allocate(length);
            readFully(payload, position + HEADER_BYTES);
            if (checksum(payload.array()) != header.getInt()) {
                return tornAt(position, size, length);
            }
            replay.accept(JournalRecord.decode(payload.array()));
            position = next;
        }
        return position;
    }

    /** A bad last record is incomplete, left by a killed process; any other bad record means a corrupt file. */
    private long tornAt(long position, long size, int length) throws IOException {
        boolean last = length > 0 && length <= MAX_RECORD_BYTES && position + HEADER_BYTES + length >= size;
        if (last) {
            return position;
        }
        throw new IOException("cannot read journal '" + file + "': corrupt record at byte " + position
                + "; move the file away to start without data");
    }

    private void readFully(ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException("cannot read journal '" + file + "': unexpected end at byte " + at);
            }
            at += read;
        }
    }

    @Override
    public void append(JournalRecord entry) throws IOException {
        ByteBuffer frame = frame(entry);
        int bytes = frame.remaining();
        try {
            writeFully(channel, frame, end);
            end += bytes;
        } catch (IOException e) {
            cutPartialRecord(e);
            throw e;
        }
    }

    private void cutPartialRecord(IOException failure) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public boolean wantsCompaction() {
        return end > Math.max(COMPACTION_FLOOR_BYTES, 4 * compactedSize);
    }

    @Override
    public void compact(Collection<JournalRecord> live) throws IOException {
        Path next = file.resolveSibling(FILE_NAME + ".next");
        FileChannel fresh = FileChannel.open(
                next,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        long size = 0;
        try {
            for (JournalRecord entry : live) {
                ByteBuffer frame = frame(entry);
                int bytes = frame.remaining();
                writeFully(fresh, frame, size);
                size += bytes;
            }
            fresh.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            fresh.close();
            compactedSize = end; // no further attempt at the next write
            throw e;
        }
        channel.close();
        channel = fresh;
        end = size;
        compactedSize = size;
    }

    private static ByteBuffer frame(JournalRecord entry) {
        byte[] payload = entry.encode();
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt(payload.length)
                .putInt(checksum(payload))
                .put(payload)
                .flip();
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    private static int checksum(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        try (lockChannel) {
            channel.close();
        }
    }
}
