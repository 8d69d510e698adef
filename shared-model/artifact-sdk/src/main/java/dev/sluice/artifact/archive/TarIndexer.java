package dev.sluice.artifact.archive;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.LinkPolicy;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Builds a tree from the entries of a tar stream. */
final class TarIndexer {

    private static final int EXECUTABLE_BITS = 0111;

    /** Average name length per entry, which bounds the memory for names by the number of entries. */
    private static final long NAME_BYTES_PER_ENTRY = 256;

    private static final long NAME_BYTES_AT_LEAST = 1 << 20;

    /** Enough for a long name in an extended header for every entry, and for much more in some of them. */
    private static final long EXTENDED_BYTES_PER_ENTRY = 4096;

    private static final long EXTENDED_BYTES_AT_LEAST = 64 << 20;

    private final CheckedTarStream checked;
    private final TarArchiveInputStream tar;
    private final BlobStore store;
    private final UnpackOptions options;
    private final IndexListener listener;
    private final FileTree.Builder builder = FileTree.builder();
    private long remainingBytes;
    private long remainingNameBytes;
    private int entries;

    TarIndexer(InputStream content, BlobStore store, UnpackOptions options, IndexListener listener) {
        this.listener = listener;
        this.checked = new CheckedTarStream(
                content, EXTENDED_BYTES_AT_LEAST + EXTENDED_BYTES_PER_ENTRY * options.maxEntries());
        this.tar = new TarArchiveInputStream(checked, StandardCharsets.ISO_8859_1.name());
        this.store = store;
        this.options = options;
        this.remainingBytes = options.maxBytes();
        this.remainingNameBytes = NAME_BYTES_AT_LEAST + NAME_BYTES_PER_ENTRY * options.maxEntries();
    }

    FileTree index() throws IOException {
        for (TarArchiveEntry entry = next(); entry != null; entry = next()) {
            Interruption.check();
            String name = EntryName.decode(checked.name());
            countName(name);
            listener.adding(name, builder.size(), builder.pathLength());
            add(name, entry);
            requireWithinLimits(name);
        }
        return builder.build();
    }

    private @Nullable TarArchiveEntry next() throws IOException {
        checked.beginEntry();
        @Nullable TarArchiveEntry entry;
        try {
            entry = tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            // not an I/O error, because the headers are in memory
            throw new MalformedArchiveException("archive has a header that cannot be read", e);
        }
        if (entry != null && !entry.isCheckSumOK()) {
            throw new MalformedArchiveException(
                    "archive has a header whose checksum does not match; it is damaged or not a tar archive");
        }
        return entry;
    }

    private void countName(String name) throws ArchiveLimitException {
        remainingNameBytes -= name.length();
        entries++;
        requireWithinLimits(name);
    }

    private void requireWithinLimits(String name) throws ArchiveLimitException {
        if (entries > options.maxEntries() || builder.size() > options.maxEntries() || remainingNameBytes < 0) {
            throw new ArchiveLimitException("archive has more entries than the limit of " + options.maxEntries()
                    + ", or too long names, at entry \"" + EntryName.printable(name) + "\"");
        }
    }

    private void add(String name, TarArchiveEntry entry) throws IOException {
        switch (checked.type()) {
            case TarConstants.LF_DIR -> addDirectory(name);
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG -> addFile(name, entry);
            case TarConstants.LF_SYMLINK -> skipSymlink(name, entry);
            case TarConstants.LF_LINK -> throw refused(name, "is a hard link");
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> throw refused(name, "is a device");
            case TarConstants.LF_FIFO -> throw refused(name, "is a fifo");
            case TarConstants.LF_GNUTYPE_SPARSE -> throw refused(name, "is a sparse file");
            default -> throw refused(name, "is of the unknown type " + checked.type());
        }
    }

    private static MalformedArchiveException refused(String name, String what) {
        return MalformedArchiveException.entry(name, what + "; only directories and regular files are allowed");
    }

    private void addDirectory(String name) throws IOException {
        TreePath path = EntryName.toPath(name);
        if (!path.isRoot()) {
            builder.putDirectory(path);
        }
    }

    private void addFile(String name, TarArchiveEntry entry) throws IOException {
        if (name.endsWith("/") != entry.isDirectory()) {
            throw MalformedArchiveException.entry(name, "is a directory in one header and a file in another");
        }
        if (entry.isDirectory()) {
            requireNoContent(name, entry);
            addDirectory(name);
            return;
        }
        TreePath path = EntryName.toPath(name);
        if (path.isRoot()) {
            throw new UnsafePathException(name, "it is not a valid file name");
        }
        boolean executable = (entry.getMode() & EXECUTABLE_BITS) != 0;
        builder.putFile(path, FileEntry.store(executable, new EntryContent(name, tar, this), store));
    }

    private void skipSymlink(String name, TarArchiveEntry entry) throws IOException {
        EntryName.toPath(name);
        if (options.links() == LinkPolicy.REFUSE) {
            throw refused(name, "is a symbolic link");
        }
        requireNoContent(name, entry);
    }

    private static void requireNoContent(String name, TarArchiveEntry entry) throws MalformedArchiveException {
        if (entry.getSize() != 0) {
            throw MalformedArchiveException.entry(
                    name, "has content of " + entry.getSize() + " bytes but is not a file");
        }
    }

    /** Counts content against the limit. */
    void countBytes(String name, int count) throws ArchiveLimitException {
        remainingBytes -= count;
        if (remainingBytes < 0) {
            throw new ArchiveLimitException("archive has more content than the limit of " + options.maxBytes()
                    + " bytes, at entry \"" + EntryName.printable(name) + "\"");
        }
    }
}
