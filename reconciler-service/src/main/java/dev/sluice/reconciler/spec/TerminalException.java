package dev.sluice.reconciler.spec;

/** A fault of the generator itself: trying again is no use until its spec or a source changes. */
public final class TerminalException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** A fault with the reason that the conditions Ready and Stalled show. */
    public TerminalException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The reason of the conditions, such as {@code BuildFailed}. */
    public String reason() {
        return reason;
    }
}
