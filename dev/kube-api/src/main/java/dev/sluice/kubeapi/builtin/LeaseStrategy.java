package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A lease lasts some time, and has changed hands some times or never. */
final class LeaseStrategy implements BuiltInRules.Strategy {

    @Override
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        ObjectNode spec = Json.objectAt(object, "spec");
        List<Cause> causes = new ArrayList<>();
        JsonNode duration = spec.get("leaseDurationSeconds");
        if (duration != null && duration.asLong() <= 0) {
            causes.add(Cause.invalid("spec.leaseDurationSeconds", duration.asString(), "must be greater than 0"));
        }
        JsonNode transitions = spec.get("leaseTransitions");
        if (transitions != null && transitions.asLong() < 0) {
            causes.add(Cause.invalid(
                    "spec.leaseTransitions", transitions.asString(), "must be greater than or equal to 0"));
        }
        return causes;
    }
}
