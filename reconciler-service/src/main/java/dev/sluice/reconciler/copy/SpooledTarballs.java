package dev.sluice.reconciler.copy;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Reads tarballs to a spool file and remembers their trees as long as it lives. Thread-safe, one tarball at a time. */
public final class SpooledTarballs implements TarballSource {

    private final SpoolFile spool;
    private final Map<Digest, FileTree> trees = new HashMap<>();

    /** The spool stays the caller's to close, after the last use of a tree from here. */
    public SpooledTarballs(SpoolFile spool) {
        this.spool = spool;
    }

    @Override
    public synchronized FileTree open(FileEntry tarball) throws IOException {
        FileTree tree = trees.get(tarball.sha256());
        if (tree == null) {
            tree = read(tarball);
            trees.put(tarball.sha256(), tree);
        }
        return tree;
    }

    private FileTree read(FileEntry tarball) throws IOException {
        try (InputStream gzip = tarball.blob().openStream()) {
            return TarGzReader.index(gzip, spool, UnpackOptions.untrusted());
        }
    }
}
