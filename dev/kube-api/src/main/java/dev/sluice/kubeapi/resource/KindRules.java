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
 * What a version of a kind accepts. The trees given are the caller's own and may be changed and returned.
 *
 * @param custom whether a definition gives the schema
 */
public record KindRules(SchemaNode schema, boolean custom, Strategy strategy) {

    /** What a built-in kind does beyond its schema. */
    public interface Strategy {

        Strategy NONE = new Strategy() {};

        /** Sets what clients leave open; {@code old} is the object that this one replaces. */
        default void complete(ObjectNode object, @Nullable ObjectNode old) {}

        /** What is wrong with a completed object. */
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

    /** The paths that the type does not know, as they appear in warnings: {@code spec.foo}. */
    public List<String> unknownFields(ObjectNode object) {
        return Pruner.prune(object.deepCopy(), schema);
    }

    /** Why the object cannot be one of this kind at all; of custom kinds, only the metadata is looked at. */
    public List<Cause> misfits(ObjectNode object) {
        ObjectNode decoded = object.deepCopy();
        Defaults.set(decoded, schema); // nulls stand for nothing
        return custom
                ? ObjectSchema.validatePart(decoded, schema, "metadata")
                : ObjectSchema.validate(decoded, null, schema);
    }

    /** The object without unknown fields, with defaults; {@code old} is the one that it replaces. */
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

    /** Empty lists and maps are as good as none. */
    private static void dropEmpty(ObjectNode node) {
        node.removeIf(value -> value.isContainer() && value.isEmpty());
    }

    /** What is wrong with a completed object; {@code old} is the one that it replaces. */
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        List<Cause> causes = new ArrayList<>(ObjectSchema.validate(object, old, schema));
        causes.addAll(strategy.validate(object, old));
        return causes;
    }

    /** What is wrong with an object of which only the status is written. */
    public List<Cause> validateStatus(ObjectNode object, ObjectNode old) {
        List<Cause> causes = new ArrayList<>(ObjectSchema.validateStatus(object, old, schema));
        causes.addAll(strategy.validate(object, old));
        return causes;
    }
}
