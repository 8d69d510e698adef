package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.patch.TypeSchema;
import dev.sluice.kubeapi.resource.TypeRules;
import dev.sluice.kubeapi.status.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rules of one built-in kind: its declared fields, and what its own strategy adds. */
record BuiltInRules(TypeSchema types, Strategy strategy) implements TypeRules {

    /** What a kind does beyond its declared fields. */
    interface Strategy {

        Strategy NONE = new Strategy() {};

        default void complete(ObjectNode object, @Nullable ObjectNode old) {}

        default List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
            return List.of();
        }
    }

    @Override
    public List<String> unknownFields(ObjectNode object) {
        return List.of();
    }

    @Override
    public ObjectNode complete(ObjectNode object, @Nullable ObjectNode old) {
        strategy.complete(object, old);
        return object;
    }

    @Override
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        return strategy.validate(object, old);
    }
}
