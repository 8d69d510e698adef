package dev.sluice.artifact.tree;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.Hasher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The content hash of a tree: SHA-256 over {@code sluice-tree/1} and a newline, followed by every entry in tree order:
 * one byte for the kind ({@code d} directory, {@code f} file, {@code x} executable file), the length of its path in
 * UTF-8 as four bytes, big-endian, the path and, for files, the 32 bytes of its SHA-256. Every field has a fixed or
 * stated length, so different trees never produce the same input. Published revisions depend on it: any change requires
 * a new tag.
 */
final class ContentHash {

    private static final byte[] TAG = "sluice-tree/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_ENTRY_BYTES = 1 + 4 + TreePath.MAX_BYTES + 32;
    private static final int BUFFER_BYTES = 8 * 1024;

    private final Hasher hasher = DigestAlgorithm.SHA256.newHasher();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    private ContentHash() {}

    static Digest of(List<FileTree.Node> nodes) {
        ContentHash hash = new ContentHash();
        hash.buffer.put(TAG);
        nodes.forEach(hash::add);
        hash.flush();
        return hash.hasher.digest();
    }

    private void add(FileTree.Node node) {
        Interruption.checkUnchecked();
        if (buffer.remaining() < MAX_ENTRY_BYTES) {
            flush();
        }
        byte[] path = PathText.utf8(node.path().toString());
        if (node.entry() instanceof FileEntry file) {
            buffer.put((byte) (file.executable() ? 'x' : 'f'))
                    .putInt(path.length)
                    .put(path);
            buffer.put(file.sha256().bytes());
        } else {
            buffer.put((byte) 'd').putInt(path.length).put(path);
        }
    }

    private void flush() {
        hasher.update(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
