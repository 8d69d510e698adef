package dev.sluice.artifact.tree;

import java.io.IOException;
import java.io.Serial;

/** A file was to stand where a directory stands, or the reverse. */
public final class PathConflictException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private PathConflictException(String message) {
        super(message);
    }

    static PathConflictException fileOverDirectory(TreePath path) {
        return new PathConflictException("cannot put the file \"" + PathText.printable(path.toString())
                + "\": the directory \"" + PathText.printable(path + "/") + "\" is in its place");
    }

    static PathConflictException directoryOverFile(TreePath wanted, TreePath file) {
        return new PathConflictException("cannot put \"" + PathText.printable(wanted.toString()) + "\": the file \""
                + PathText.printable(file.toString()) + "\" stands where a directory is needed");
    }
}
