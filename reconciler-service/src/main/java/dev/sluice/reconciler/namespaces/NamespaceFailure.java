package dev.sluice.reconciler.namespaces;

/** A namespace cannot be reconciled; other namespaces of the generator are not affected. */
public final class NamespaceFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    private NamespaceFailure(String message, boolean isFinal) {
        super(message);
        this.isFinal = isFinal;
    }

    /** Fails with an error that a retry may not meet. */
    static NamespaceFailure retryable(String message) {
        return new NamespaceFailure(message, false);
    }

    /** Fails with an error that stays until the spec changes. */
    static NamespaceFailure permanent(String message) {
        return new NamespaceFailure(message, true);
    }

    /** Returns the message. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Whether a retry is pointless until the spec changes. */
    public boolean isFinal() {
        return isFinal;
    }
}
