package dev.sluice.kubeapi.rest;

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
        return object;
    }

    ObjectNode afterUpdate(Call call, ObjectNode old, ObjectNode object, String manager) {
        return object;
    }
}
