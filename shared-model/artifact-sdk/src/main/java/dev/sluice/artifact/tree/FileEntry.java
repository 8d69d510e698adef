package dev.sluice.artifact.tree;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestingInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A regular file: whether it is executable, the SHA-256 of its content, and where the content is. Two entries are equal
 * if they have the same content and executable bit, wherever the content is kept.
 *
 * @param executable the only thing of a file's mode that counts
 * @param sha256 digest of the content that {@code blob} gives
 * @param blob the content
 */
public record FileEntry(boolean executable, Digest sha256, Blob blob) implements TreeEntry {

    /** @throws IllegalArgumentException if the digest is of another algorithm */
    public FileEntry {
        if (sha256.algorithm() != DigestAlgorithm.SHA256) {
            throw new IllegalArgumentException("a file entry needs a sha256 digest, not \"" + sha256 + "\"");
        }
    }

    /** A file with a copy of {@code content}, kept in memory: for small content. */
    public static FileEntry of(boolean executable, byte[] content) {
        return new FileEntry(executable, Digest.ofBytes(DigestAlgorithm.SHA256, content), Blob.of(content));
    }

    /**
     * Reads {@code content} to its end into {@code store}, computing its digest on the way, and does not close it.
     *
     * @throws IOException if reading or storing fails
     */
    public static FileEntry store(boolean executable, InputStream content, BlobStore store) throws IOException {
        DigestingInputStream digesting = new DigestingInputStream(content, DigestAlgorithm.SHA256);
        Blob blob = store.store(digesting);
        return new FileEntry(executable, digesting.digest(), blob);
    }

    /** Size of the content in bytes. */
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
