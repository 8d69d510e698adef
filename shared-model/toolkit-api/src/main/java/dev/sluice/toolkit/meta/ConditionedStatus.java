package dev.sluice.toolkit.meta;

import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;

/** A status with conditions. */
public interface ConditionedStatus {

    /** Returns the conditions in the order in which the controller wrote them; never null. */
    List<V1Condition> conditions();
}
