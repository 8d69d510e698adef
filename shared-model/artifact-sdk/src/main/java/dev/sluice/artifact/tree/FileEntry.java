package dev.sluice.artifact.tree;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestingInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A regular file: its executable bit, the SHA-256 of its content, and the content. Entries are equal if their content
 * and executable bit are equal, wherever the content is stored.
 *
 * @param executable the only part of the file mode in a tree
 * @param sha256 digest of the content of {@code blob}
 * @param blob the content
 */
public record FileEntry(boolean executable, Digest sha256, Blob blob) implements TreeEntry {

    /** @throws IllegalArgumentException if the digest has another algorithm */
    public FileEntry {
        if (sha256.algorithm() != DigestAlgorithm.SHA256) {
            throw new IllegalArgumentException("a file entry needs a sha256 digest, not \"" + sha256 + "\"");
        }
    }

    /** Creates a file in memory with a copy of {@code content}, which should be small. */
    public static FileEntry of(boolean executable, byte[] content) {
        return new FileEntry(executable, Digest.ofBytes(DigestAlgorithm.SHA256, content), Blob.of(content));
    }

    /**
     * Stores {@code content} and computes its digest; reads it to its end without closing it.
     *
     * @throws IOException if reading or storing fails
     */
    public static FileEntry store(boolean executable, InputStream content, BlobStore store) throws IOException {
        DigestingInputStream digesting = new DigestingInputStream(content, DigestAlgorithm.SHA256);
        Blob blob = store.store(digesting);
        return new FileEntry(executable, digesting.digest(), blob);
    }

    /** Returns the size of the content in bytes. */
    public long size() {
        return blob.size();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FileEntry other && executable == other.executable && sha256.equals(other.sha256);
    }

    @Override
    public int hashCode() {
        return 2 * sha256.hashCode() + (executable ? 1 : 0);
    }
}
