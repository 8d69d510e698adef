package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.patch.TypeSchema;
import dev.sluice.kubeapi.resource.TypeRules;
import dev.sluice.kubeapi.schema.FieldError;
import dev.sluice.kubeapi.schema.InvalidSchemaException;
import dev.sluice.kubeapi.schema.StructuralSchema;
import dev.sluice.kubeapi.status.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rules that a definition's schema gives. */
record CustomRules(StructuralSchema schema, TypeSchema types) implements TypeRules {

    /** @param status whether the status is a subresource */
    static CustomRules of(ObjectNode schema, boolean status) {
        try {
            TypeSchema types = TypeSchema.ofStructural(schema);
            return new CustomRules(StructuralSchema.parse(schema), status ? types.withStatusSubresource() : types);
        } catch (InvalidSchemaException e) {
            // what is stored was checked when it was written, possibly by an earlier build of this API
            throw new IllegalStateException("compile a stored schema", e);
        }
    }

    @Override
    public List<String> unknownFields(ObjectNode object) {
        return schema.unknownFields(object);
    }

    @Override
    public ObjectNode complete(ObjectNode object, @Nullable ObjectNode old) {
        return (ObjectNode) schema.applyDefaults(schema.prune(object));
    }

    @Override
    public ObjectNode completeApplied(ObjectNode object, @Nullable ObjectNode old) {
        return (ObjectNode) schema.applyDefaultsKeepingNulls(object);
    }

    @Override
    public List<Cause> validateStatus(ObjectNode object, ObjectNode old) {
        return schema.validateStatus(object, old).stream()
                .map(CustomRules::cause)
                .toList();
    }

    @Override
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        return schema.validate(object, old).stream().map(CustomRules::cause).toList();
    }

    private static Cause cause(FieldError error) {
        String field = error.field();
        return new Cause(error.type().reason(), error.body(), field == null ? "<nil>" : field);
    }
}
