package dev.sluice.reconciler.console;

import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ExtensionsReasons;
import dev.sluice.toolkit.meta.Reasons;

/** What to do about a condition. */
final class Advice {

    private static final String TWO_OWNERS = "belongs to another ArtifactGenerator";

    private Advice() {}

    static String forGenerator(State state, String reason, String message) {
        String remedy = message.contains(TWO_OWNERS)
                ? "Two generators publish the same name: rename one, or remove the artifact from the other."
                : ofReason(reason, message);
        return switch (state) {
            case READY, SUSPENDED, PENDING, WAITING -> "";
            case DELETING -> remedy;
            case FAILING -> remedy + " The controller retries.";
            case STALLED ->
                remedy + " The controller retries only after a change of the spec, a source or a permission.";
        };
    }

    private static String ofSource(String message) {
        if (message.endsWith("not found")) {
            return "Create the source, or correct its name in the spec.";
        }
        return message.endsWith("is not ready")
                ? "The generator waits until the source has an artifact; correct the source if it fails."
                : "Check that the source exists, is ready, and can be reached from the controller.";
    }

    private static String ofReason(String reason, String message) {
        return switch (reason) {
            case ExtensionsReasons.VALIDATION_FAILED -> "Correct the spec.";
            case Reasons.BUILD_FAILED ->
                "Correct the copy operation that the message names, or the files in its source.";
            case ExtensionsReasons.SOURCE_FETCH_FAILED -> ofSource(message);
            case Reasons.ACCESS_DENIED ->
                "Grant the service account of the generator the permission that the message names.";
            case Reasons.PRUNE_FAILED -> "Correct what the message names, so that obsolete objects can be deleted.";
            case ExtensionsReasons.OWNERSHIP_CONFLICT ->
                "Another generator owns the object; remove it from one of the two specs.";
            case GeneratorReasons.STATUS_REFUSED ->
                "Split the generator: its status exceeds the size limit of the API server.";
            default -> "See the message.";
        };
    }
}
