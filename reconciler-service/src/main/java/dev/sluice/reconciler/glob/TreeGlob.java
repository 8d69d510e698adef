package dev.sluice.reconciler.glob;

import dev.sluice.artifact.tree.FileTree;
import java.io.InterruptedIOException;
import java.util.List;

/** A glob that selects entries of a source. */
public interface TreeGlob {

    /** Returns the matching entries in the order in which they are copied. */
    List<FileTree.Node> select(FileTree source) throws InterruptedIOException;
}
