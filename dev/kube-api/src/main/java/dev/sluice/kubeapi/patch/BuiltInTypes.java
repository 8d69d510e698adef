package dev.sluice.kubeapi.patch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The kinds that every cluster serves, as far as this API serves them; the table is a resource beside this class. */
final class BuiltInTypes {

    private static final JsonNode TABLE = read();
    private static final Map<String, TypeSchema> TYPES = new ConcurrentHashMap<>();

    private BuiltInTypes() {}

    static TypeSchema of(String apiVersion, String kind) {
        String name = apiVersion + "/" + kind;
        if (!TABLE.has(name)) {
            throw new IllegalArgumentException("no built-in type \"" + name + "\"");
        }
        TypeSchema type = named(name);
        if (!TABLE.path(name).path("properties").has("status")) {
            return type;
        }
        return kind.equals("CustomResourceDefinition")
                ? type.withStatusSubresource(FieldSet.of(FieldPath.of("metadata"), FieldPath.of("spec")))
                : type.withStatusSubresource();
    }

    static TypeSchema objectMeta() {
        return named("ObjectMeta");
    }

    private static TypeSchema named(String name) {
        TypeSchema known = TYPES.get(name);
        if (known != null) {
            return known;
        }
        TypeSchema parsed = new StructuralTypes(BuiltInTypes::reference).type(TABLE.path(name), false);
        TYPES.put(name, parsed);
        return parsed;
    }

    /** Resolved on first use, because the type of a schema holds itself. */
    private static TypeSchema reference(String name) {
        Supplier<TypeSchema> target = () -> named(name);
        return new TypeSchema(
                null, null, () -> Objects.requireNonNull(target.get().map()));
    }

    private static JsonNode read() {
        try (@Nullable InputStream in = BuiltInTypes.class.getResourceAsStream("built-in-types.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in, "built-in-types.json is not in the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
