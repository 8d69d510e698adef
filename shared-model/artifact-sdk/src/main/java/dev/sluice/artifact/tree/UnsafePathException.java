package dev.sluice.artifact.tree;

import java.io.IOException;
import java.io.Serial;

/** A path that no tree may hold: absolute, leading out of the tree, or not representable everywhere. */
public final class UnsafePathException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Says that {@code path} is refused because of {@code reason}, for example "it is absolute". */
    public UnsafePathException(String path, String reason) {
        super("path \"" + PathText.printable(path) + "\" is refused: " + reason);
    }
}
