package dev.sluice.reconciler.spec;

/** A permanent error of the generator; a retry is pointless until its spec or a source changes. */
public final class TerminalException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason the reason of the conditions Ready and Stalled */
    public TerminalException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The reason of the conditions, such as {@code BuildFailed}. */
    public String reason() {
        return reason;
    }
}
