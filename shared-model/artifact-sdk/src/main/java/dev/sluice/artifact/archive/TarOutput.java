package dev.sluice.artifact.archive;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;

/** Writes the entries of a tree as tar blocks. */
final class TarOutput {

    private final GzipOutput out;
    private final byte[] zeros = new byte[2 * TarBlocks.BLOCK];

    TarOutput(GzipOutput out) {
        this.out = out;
    }

    void write(FileTree.Node node) throws IOException {
        out.write(TarHeader.of(node).toBytes());
        if (node.entry() instanceof FileEntry file) {
            writeContent(node, file);
        }
    }

    private void writeContent(FileTree.Node node, FileEntry file) throws IOException {
        long written = 0;
        try (InputStream content = file.blob().openStream()) {
            for (int n = 0; n >= 0 && written <= file.size(); n = out.readFrom(content)) {
                written += n;
            }
        }
        if (written != file.size()) {
            throw new IOException("cannot archive \""
                    + EntryName.printable(node.path().toString()) + "\": the size of its content is not the "
                    + file.size() + " bytes that it had when it was indexed");
        }
        out.write(zeros, 0, (int) (-written & (TarBlocks.BLOCK - 1)));
    }

    /** Writes the end marker. */
    void finish() throws IOException {
        out.write(zeros);
    }
}
