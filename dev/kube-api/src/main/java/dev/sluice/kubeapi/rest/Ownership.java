package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.patch.ManagedFields;
import dev.sluice.kubeapi.resource.Endpoint;
import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** Keeps {@code metadata.managedFields}: who set what last. */
final class Ownership {

    private final Clock clock;

    Ownership(Clock clock) {
        this.clock = clock;
    }

    ObjectNode afterCreate(Endpoint endpoint, ObjectNode object, String manager) {
        return ManagedFields.afterUpdate(
                null,
                object,
                manager,
                null,
                endpoint.apiVersion(),
                clock.instant(),
                endpoint.version().rules().types());
    }

    ObjectNode afterUpdate(Call call, ObjectNode old, ObjectNode object, String manager) {
        Endpoint endpoint = call.endpoint();
        return ManagedFields.afterUpdate(
                old,
                object,
                manager,
                call.subresourceOrNull(),
                endpoint.apiVersion(),
                clock.instant(),
                endpoint.version().rules().types());
    }
}
