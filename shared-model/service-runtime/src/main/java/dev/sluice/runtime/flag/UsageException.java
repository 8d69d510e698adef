package dev.sluice.runtime.flag;

import java.io.Serial;

/** Thrown if a command line or setting is invalid. The message is one line and describes the allowed values. */
public final class UsageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Exit code for an unknown flag or an invalid value. */
    public static final int BAD_USAGE = 2;

    /** Exit code for well-formed settings that are not supported, such as an unknown feature gate. */
    public static final int BAD_SETTING = 1;

    private final int exitCode;

    /**
     * Creates an exception.
     *
     * @param exitCode exit code of the process
     * @param message one line: the flag, the quoted value, the allowed values
     */
    public UsageException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Returns the exit code of the process. */
    public int exitCode() {
        return exitCode;
    }
}
