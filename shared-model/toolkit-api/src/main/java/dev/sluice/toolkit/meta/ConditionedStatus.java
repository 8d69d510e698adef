package dev.sluice.toolkit.meta;

import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;

/** A status that reports conditions. */
public interface ConditionedStatus {

    /** Never null; in the order in which the controller wrote them. */
    List<V1Condition> conditions();
}
