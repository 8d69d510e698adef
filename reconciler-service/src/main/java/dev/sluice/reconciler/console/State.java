package dev.sluice.reconciler.console;

import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import java.util.Locale;

/** The state of an object, the worst first. */
enum State {
    /** Failed, and not retried until something changes. */
    STALLED("Stalled"),
    /** Failed, and retried. */
    FAILING("Failing"),
    /** Being deleted. */
    DELETING("Deleting"),
    /** In progress, or waiting for something. */
    WAITING("In progress"),
    /** Has no status of its current generation yet. */
    PENDING("Not reconciled yet"),
    SUSPENDED("Suspended"),
    READY("Ready");

    private final String label;

    State(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The value in addresses and the name of the style. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isProblem() {
        return this == STALLED || this == FAILING;
    }

    /** The state of an object that is neither suspended nor being deleted. */
    static State of(V1Condition ready, List<V1Condition> conditions) {
        return switch (String.valueOf(ready.getStatus())) {
            case Conditions.TRUE -> READY;
            case Conditions.FALSE -> Conditions.isTrue(conditions, ConditionTypes.STALLED) ? STALLED : FAILING;
            default -> WAITING;
        };
    }
}
