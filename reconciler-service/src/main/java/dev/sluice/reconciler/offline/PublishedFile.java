package dev.sluice.reconciler.offline;

import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestingOutputStream;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.OutputStream;

/** Digest and size of the archive that the controller would serve. */
record PublishedFile(Digest digest, long sizeBytes) {

    static PublishedFile write(FileTree tree, OutputStream out) throws IOException {
        DigestingOutputStream digesting = new DigestingOutputStream(out, DigestAlgorithm.SHA256);
        TarGzWriter.write(tree, digesting);
        digesting.flush();
        return new PublishedFile(digesting.digest(), digesting.count());
    }
}
