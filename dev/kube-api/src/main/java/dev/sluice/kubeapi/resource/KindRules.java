package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.schema.Defaults;
import dev.sluice.kubeapi.schema.ObjectSchema;
import dev.sluice.kubeapi.schema.Pruner;
import dev.sluice.kubeapi.schema.SchemaNode;
import dev.sluice.kubeapi.schema.SchemaParser;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules for objects of a version of a kind. Methods can modify and return the given trees.
 *
 * @param custom whether the schema comes from a CRD
 */
public record KindRules(SchemaNode schema, boolean custom, Strategy strategy) {

    /** The behaviour of a built-in kind beyond its schema. */
    public interface Strategy {

        Strategy NONE = new Strategy() {};

        /** Sets defaults; {@code old} is the replaced object. */
        default void complete(ObjectNode object, @Nullable ObjectNode old) {}

        /** Returns the errors of a completed object. */
        default List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
            return List.of();
        }
    }

    public static KindRules builtIn(String apiVersion, String kind, Strategy strategy) {
        return new KindRules(SchemaParser.builtIn(apiVersion + "/" + kind), false, strategy);
    }

    public static KindRules custom(SchemaNode schema) {
        return new KindRules(schema, true, Strategy.NONE);
    }

    /** Returns the paths of unknown fields as in warnings: {@code spec.foo}. */
    public List<String> unknownFields(ObjectNode object) {
        return Pruner.prune(object.deepCopy(), schema);
    }

    /** Returns why the object cannot be decoded as this kind; for custom kinds, only the metadata is checked. */
    public List<Cause> misfits(ObjectNode object) {
        ObjectNode decoded = object.deepCopy();
        Defaults.set(decoded, schema); // nulls mean absent
        return custom
                ? ObjectSchema.validatePart(decoded, schema, "metadata")
                : ObjectSchema.validate(decoded, null, schema);
    }

    /** Returns the object without unknown fields and with defaults; {@code old} is the replaced object. */
    public ObjectNode complete(ObjectNode object, @Nullable ObjectNode old) {
        Pruner.prune(object, schema);
        Defaults.set(object, schema);
        dropEmpty(ObjectMeta.of(object).node());
        if (!custom) {
            dropEmpty(object);
        }
        strategy.complete(object, old);
        return object;
    }

    /** Removes empty lists and maps, which are equivalent to absent ones. */
    private static void dropEmpty(ObjectNode node) {
        node.removeIf(value -> value.isContainer() && value.isEmpty());
    }

    /** Returns the errors of a completed object; {@code old} is the replaced object. */
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        List<Cause> causes = new ArrayList<>(ObjectSchema.validate(object, old, schema));
        causes.addAll(strategy.validate(object, old));
        return causes;
    }

    /** Returns the errors of a status update. */
    public List<Cause> validateStatus(ObjectNode object, ObjectNode old) {
        List<Cause> causes = new ArrayList<>(ObjectSchema.validateStatus(object, old, schema));
        causes.addAll(strategy.validate(object, old));
        return causes;
    }
}
