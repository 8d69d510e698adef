package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.patch.TypeSchema;
import dev.sluice.kubeapi.resource.TypeRules;
import dev.sluice.kubeapi.status.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rules that a definition's schema gives. */
record CustomRules(TypeSchema types) implements TypeRules {

    static CustomRules of(ObjectNode schema) {
        return new CustomRules(TypeSchema.ofStructural(schema));
    }

    @Override
    public List<String> unknownFields(ObjectNode object) {
        return List.of();
    }

    @Override
    public ObjectNode complete(ObjectNode object, @Nullable ObjectNode old) {
        return object;
    }

    @Override
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        return List.of();
    }
}
