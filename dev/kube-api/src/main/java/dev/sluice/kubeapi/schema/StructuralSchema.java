package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The structural schema of one version of a custom resource. Immutable; objects that are passed in are never changed. */
public final class StructuralSchema {

    private static final String DEFAULT_PATH = "spec.validation.openAPIV3Schema";

    private final SchemaNode root;
    private final SchemaNode resource;
    private final ObjectValidator validator;

    private StructuralSchema(SchemaNode root, ObjectValidator validator) {
        this.root = root;
        this.resource = root.asResource();
        this.validator = validator;
    }

    /**
     * Reads the schema of a definition with one version, or with the same schema in all.
     *
     * @throws InvalidSchemaException if it is not structural, or uses what is not supported
     */
    public static StructuralSchema parse(JsonNode openApiV3Schema) throws InvalidSchemaException {
        return parse(openApiV3Schema, DEFAULT_PATH);
    }

    /**
     * Reads a schema.
     *
     * @param path where it stands in the definition, for messages
     * @throws InvalidSchemaException if it is not structural, or uses what is not supported
     */
    public static StructuralSchema parse(JsonNode openApiV3Schema, String path) throws InvalidSchemaException {
        List<FieldError> errors = new ArrayList<>();
        SchemaNode root = new SchemaParser(errors).parse(openApiV3Schema, path);
        errors.addAll(StructuralRules.check(openApiV3Schema, path));
        if (errors.isEmpty()) {
            errors.addAll(DefaultRules.check(root));
        }
        errors.addAll(SupportedKeywords.check(openApiV3Schema, path));
        RuleBook rules = errors.isEmpty() ? RuleBook.compile(root, errors) : RuleBook.EMPTY;
        if (!errors.isEmpty()) {
            throw new InvalidSchemaException(errors);
        }
        return new StructuralSchema(root, new ObjectValidator(root, rules));
    }

    /** The object without the fields that the schema does not know. */
    public JsonNode prune(JsonNode object) {
        JsonNode pruned = object.deepCopy();
        Pruner.prune(pruned, resource);
        return pruned;
    }

    /** Sorted paths of the fields that {@link #prune} would drop, as in {@code spec.items[0].colour}. */
    public List<String> unknownFields(JsonNode object) {
        return Pruner.prune(object.deepCopy(), resource);
    }

    /** The object with the schema's defaults where it leaves something open, and without nulls where none may be. */
    public JsonNode applyDefaults(JsonNode object) {
        JsonNode defaulted = object.deepCopy();
        Defaults.dropNulls(defaulted, root);
        Defaults.set(defaulted, root);
        return defaulted;
    }

    /**
     * The object with the schema's defaults, and with the nulls that it has: how the real server treats the result of a
     * server-side apply, where a null that may not be is an error and not dropped.
     */
    public JsonNode applyDefaultsKeepingNulls(JsonNode object) {
        JsonNode defaulted = object.deepCopy();
        Defaults.set(defaulted, root);
        return defaulted;
    }

    /**
     * What is wrong with the object; empty when it is valid. On an update, faults of parts that stay as they were are not
     * reported, so that a schema can become stricter.
     *
     * @param old the stored object on an update, null on a create
     */
    public List<FieldError> validate(JsonNode object, @Nullable JsonNode old) {
        return validator.validate(object, old);
    }

    /**
     * What is wrong with the status of an object whose status alone is written: the rest of the object is checked by the
     * rules only.
     */
    public List<FieldError> validateStatus(JsonNode object, JsonNode old) {
        return validator.validateStatus(object, old);
    }
}
