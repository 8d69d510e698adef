package dev.sluice.reconciler.namespaces;

/** A namespace cannot be reconciled; other namespaces of the generator are not affected. */
public final class NamespaceFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private enum Kind {
        RETRYABLE,
        PERMANENT,
        DENIED,
        REFUSED
    }

    private final Kind kind;

    private NamespaceFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Fails with an error that a retry may not meet. */
    static NamespaceFailure retryable(String message) {
        return new NamespaceFailure(Kind.RETRYABLE, message);
    }

    /** Fails with an error that stays until the spec changes. */
    static NamespaceFailure permanent(String message) {
        return new NamespaceFailure(Kind.PERMANENT, message);
    }

    /** The generator's account may not manage the namespace. */
    static NamespaceFailure denied(String message) {
        return new NamespaceFailure(Kind.DENIED, message);
    }

    /** The namespace is protected. */
    static NamespaceFailure isProtected(String namespace, String why) {
        return new NamespaceFailure(
                Kind.PERMANENT,
                "namespace \"%s\" cannot be managed: %s; choose another namespace".formatted(namespace, why));
    }

    /** Another living generator manages the namespace. */
    static NamespaceFailure refused(String message) {
        return new NamespaceFailure(Kind.REFUSED, message);
    }

    /** Returns the message. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Whether a retry is pointless until the spec changes. */
    public boolean isFinal() {
        return kind == Kind.PERMANENT || kind == Kind.DENIED;
    }

    /** Whether the generator's account may not manage the namespace. */
    public boolean isDenied() {
        return kind == Kind.DENIED;
    }

    /** Whether the namespace is protected, or another generator's. */
    boolean isRefusal() {
        return kind == Kind.PERMANENT || kind == Kind.REFUSED;
    }
}
