package dev.sluice.runtime.flag;

import java.io.Serial;

/** A command line or setting that the service cannot start with; the message is one line and says what is allowed. */
public final class UsageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Exit code for an unknown flag or a value that a flag does not take. */
    public static final int BAD_USAGE = 2;

    /** Exit code for settings that read well but cannot be honoured, such as an unknown feature gate. */
    public static final int BAD_SETTING = 1;

    private final int exitCode;

    /**
     * Creates the failure.
     *
     * @param exitCode what the process ends with
     * @param message one line: the flag, the quoted value, what is allowed
     */
    public UsageException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}
