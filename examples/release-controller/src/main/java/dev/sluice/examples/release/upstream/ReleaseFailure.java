package dev.sluice.examples.release.upstream;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A reason why a release cannot be published. The message goes into status, events and log and contains no secrets. */
public final class ReleaseFailure extends Exception {

    /** The reasons of conditions, from RFC-0012 and Flux. */
    public enum Reason {
        FETCH_FAILED("FetchFailed"),
        VERIFICATION_FAILED("VerificationFailed"),
        SIGNATURE_INVALID("VerificationError"),
        STORAGE_OPERATION_FAILED("StorageOperationFailed"),
        ACCESS_DENIED("AccessDenied"),
        INVALID_SPEC("InvalidSpec");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason in conditions. */
        public String text() {
            return text;
        }
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public ReleaseFailure(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The reason of the failure. */
    public Reason reason() {
        return reason;
    }

    /** Whether only a change of the spec or of the controller's flags can resolve the failure. */
    public boolean isTerminal() {
        return reason == Reason.ACCESS_DENIED || reason == Reason.INVALID_SPEC;
    }
}
