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

/** Reads tarballs into a spool file and caches their trees. Thread-safe; reads one tarball at a time. */
public final class SpooledTarballs implements TarballSource {

    private final SpoolFile spool;
    private final Map<Digest, FileTree> trees = new HashMap<>();

    /** @param spool must be closed by the caller, after the last use of a tree */
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
