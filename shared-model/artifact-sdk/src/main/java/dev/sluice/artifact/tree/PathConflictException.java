package dev.sluice.artifact.tree;

import java.io.IOException;
import java.io.Serial;

/** Thrown if a path is both a file and a directory. */
public final class PathConflictException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private PathConflictException(String message) {
        super(message);
    }

    static PathConflictException fileOverDirectory(TreePath path) {
        return new PathConflictException("cannot add the file \"" + PathText.printable(path.toString())
                + "\": the directory \"" + PathText.printable(path + "/") + "\" already exists");
    }

    static PathConflictException directoryOverFile(TreePath wanted, TreePath file) {
        return new PathConflictException("cannot add \"" + PathText.printable(wanted.toString()) + "\": the file \""
                + PathText.printable(file.toString()) + "\" exists where a directory is needed");
    }
}
