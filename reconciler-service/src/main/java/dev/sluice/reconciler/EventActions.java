package dev.sluice.reconciler;

import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.EventAction;
import dev.sluice.toolkit.extensions.ExtensionsReasons;
import dev.sluice.toolkit.meta.Reasons;

/** The actions of the reference's events. */
final class EventActions {

    private EventActions() {}

    /** The stage of a run that a warning with this reason is about. */
    static EventAction ofWarning(String reason, String message) {
        return switch (reason) {
            case ExtensionsReasons.SOURCE_FETCH_FAILED ->
                message.startsWith(GeneratorReasons.MESSAGE_FETCH_FAILED)
                        ? EventAction.FETCH_SOURCE
                        : EventAction.RESOLVE_SOURCE;
            case Reasons.BUILD_FAILED -> EventAction.BUILD;
            case Reasons.RECONCILIATION_FAILED,
                    Reasons.ACCESS_DENIED,
                    ExtensionsReasons.OWNERSHIP_CONFLICT,
                    ExtensionsReasons.ADOPTED -> EventAction.PUBLISH;
            default -> EventAction.RECONCILE;
        };
    }
}
