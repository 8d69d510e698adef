package dev.sluice.reconciler.copy;

import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.CopyOperation;
import java.io.IOException;

/** A copy operation failed. */
public final class BuildException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int operation;
    private final String from;
    private final String to;

    BuildException(int operation, CopyOperation copy, IOException cause) {
        super(
                "copy[%d] from \"%s\" to \"%s\": %s"
                        .formatted(operation, copy.from(), copy.to(), ErrorText.describe(cause)),
                cause);
        this.operation = operation;
        this.from = copy.from();
        this.to = copy.to();
    }

    /** The zero-based index in the artifact's list of copy operations. */
    public int operation() {
        return operation;
    }

    /** The operation's {@code from} as given. */
    public String from() {
        return from;
    }

    /** The operation's {@code to} as given. */
    public String to() {
        return to;
    }
}
