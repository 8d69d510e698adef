package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.patch.TypeSchema;
import dev.sluice.kubeapi.resource.TypeRules;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rules of one built-in kind: its declared fields, and what its own strategy adds. */
record BuiltInRules(String apiVersion, String kind, TypeSchema types, Strategy strategy) implements TypeRules {

    /** What a kind does beyond its declared fields. */
    interface Strategy {

        Strategy NONE = new Strategy() {};

        default void complete(ObjectNode object, @Nullable ObjectNode old) {}

        default List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
            return List.of();
        }
    }

    static BuiltInRules of(String apiVersion, String kind, Strategy strategy) {
        return new BuiltInRules(apiVersion, kind, TypeSchema.builtIn(apiVersion, kind), strategy);
    }

    @Override
    public List<String> unknownFields(ObjectNode object) {
        return coerce(object.deepCopy());
    }

    private List<String> coerce(ObjectNode object) {
        try {
            return DeclaredFields.coerce(object, apiVersion + "/" + kind, kind);
        } catch (DeclaredFields.MismatchException e) {
            String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
            throw ApiException.badRequest(
                    kind + " in version \"" + version + "\" cannot be handled as a " + kind + ": " + e.getMessage());
        }
    }

    @Override
    public ObjectNode complete(ObjectNode object, @Nullable ObjectNode old) {
        coerce(object);
        strategy.complete(object, old);
        return object;
    }

    @Override
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        return strategy.validate(object, old);
    }
}
