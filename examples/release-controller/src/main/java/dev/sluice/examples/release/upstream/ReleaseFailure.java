package dev.sluice.examples.release.upstream;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why a release cannot be published now; the message goes into status, events and log, so it holds no secret. */
public final class ReleaseFailure extends Exception {

    /** The reasons of conditions, as RFC-0012 and Flux have them. */
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

        /** As it stands in a condition. */
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

    /** What kind of failure. */
    public Reason reason() {
        return reason;
    }

    /** Whether only a change of the spec, or of the controller's flags, can help. */
    public boolean isTerminal() {
        return reason == Reason.ACCESS_DENIED || reason == Reason.INVALID_SPEC;
    }
}
