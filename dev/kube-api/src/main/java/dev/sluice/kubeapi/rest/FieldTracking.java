package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.patch.FieldWrite;
import dev.sluice.kubeapi.patch.ManagedFields;
import dev.sluice.kubeapi.resource.Endpoint;
import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** Maintains {@code metadata.managedFields}. */
final class FieldTracking {

    private final Clock clock;

    FieldTracking(Clock clock) {
        this.clock = clock;
    }

    FieldWrite write(Endpoint endpoint, String manager, String subresource) {
        return new FieldWrite(
                endpoint.version().rules().schema(),
                endpoint.apiVersion(),
                manager,
                subresource,
                endpoint.version().status(),
                clock.instant());
    }

    ObjectNode afterCreate(Endpoint endpoint, ObjectNode object, String manager) {
        return ManagedFields.afterUpdate(null, object, write(endpoint, manager, ""));
    }

    ObjectNode afterUpdate(Call call, ObjectNode old, ObjectNode object, String manager) {
        return ManagedFields.afterUpdate(
                old, object, write(call.endpoint(), manager, call.path().subresource()));
    }
}
