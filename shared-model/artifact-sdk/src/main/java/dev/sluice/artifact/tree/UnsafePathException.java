package dev.sluice.artifact.tree;

import java.io.IOException;
import java.io.Serial;

/** Thrown if a path is not valid in a tree: absolute, outside the tree, or not portable. */
public final class UnsafePathException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Creates an exception with a reason, for example "it is absolute". */
    public UnsafePathException(String path, String reason) {
        super("unsafe path \"" + PathText.printable(path) + "\": " + reason);
    }
}
