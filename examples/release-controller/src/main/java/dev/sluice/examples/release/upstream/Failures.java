package dev.sluice.examples.release.upstream;

import dev.sluice.controller.object.StatusExtras;
import dev.sluice.controller.source.BuildFailure;
import dev.sluice.toolkit.source.SourceConditionTypes;
import org.jspecify.annotations.Nullable;

/** The reasons why a release cannot be published, from RFC-0012 and Flux. */
final class Failures {

    private static final String SIGNATURE_INVALID = "VerificationError";

    private Failures() {}

    /** Only a change of the spec ends it. */
    static BuildFailure invalidSpec(String message) {
        return BuildFailure.stalled("InvalidSpec", message);
    }

    static BuildFailure fetchFailed(String message) {
        return BuildFailure.retry("FetchFailed", message, null);
    }

    static BuildFailure verificationFailed(String message) {
        return BuildFailure.retry("VerificationFailed", message, null);
    }

    /** Also sets the condition SourceVerified to False. */
    static BuildFailure signatureInvalid(String message, @Nullable Throwable cause) {
        return BuildFailure.retry(SIGNATURE_INVALID, message, cause)
                .withStatus(StatusExtras.NONE.withCondition(
                        SourceConditionTypes.SOURCE_VERIFIED, "False", SIGNATURE_INVALID, message));
    }
}
