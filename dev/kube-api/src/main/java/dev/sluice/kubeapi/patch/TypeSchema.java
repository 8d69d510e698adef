package dev.sluice.kubeapi.patch;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a type merges: which lists are sets or have keys, which objects are one value, which fields are declared. A type
 * may allow several shapes (an untyped one allows all). Immutable.
 */
public final class TypeSchema {

    /** Anything: objects merge field by field, lists are one value. */
    static final TypeSchema DEDUCED = deduced();

    /** Anything, each object and list one value. */
    static final TypeSchema UNTYPED = new TypeSchema(
            Scalar.ANY, () -> new ListType(false, List.of(), atomicAny(), null), () -> MapType.atomicOf(atomicAny()));

    private static TypeSchema atomicAny() {
        return UNTYPED;
    }

    private static TypeSchema deduced() {
        return new TypeSchema(
                Scalar.ANY,
                () -> new ListType(false, List.of(), UNTYPED, null),
                () -> new MapType(false, Map.of(), DEDUCED, false));
    }

    /** What a single value may be. */
    enum Scalar {
        NUMBER,
        STRING,
        BOOLEAN,
        ANY;

        boolean accepts(JsonNode value) {
            return switch (this) {
                case NUMBER -> value.isNumber();
                case STRING -> value.isString();
                case BOOLEAN -> value.isBoolean();
                case ANY -> value.isNumber() || value.isString() || value.isBoolean();
            };
        }
    }

    /**
     * A list.
     *
     * @param associative whether its items are told apart (by their keys, or, as a set, by their values); else it is one
     *     value
     * @param keys the fields that tell items apart; empty for a set
     * @param mergeKey by which strategic merge patch tells items apart; "" for a set, null when it replaces the list
     */
    record ListType(
            boolean associative,
            List<String> keys,
            TypeSchema items,
            @Nullable String mergeKey) {}

    /**
     * An object.
     *
     * @param others the type of fields that are not declared; null when there must be none
     * @param retainKeys whether strategic merge patch understands {@code $retainKeys} for it by default
     */
    record MapType(
            boolean atomic,
            Map<String, FieldType> fields,
            @Nullable TypeSchema others,
            boolean retainKeys) {

        static MapType atomicOf(TypeSchema others) {
            return new MapType(true, Map.of(), others, false);
        }
    }

    /** A declared field: its type, and the default that stands for a key that is left out. */
    record FieldType(TypeSchema type, @Nullable JsonNode defaultValue) {

        static FieldType of(TypeSchema type) {
            return new FieldType(type, null);
        }
    }

    /** Fields that writes to the object itself, or to its status, cannot change, and so nobody comes to own by them. */
    private record Resets(FieldSet byObject, FieldSet byStatus) {

        static final Resets NONE = new Resets(FieldSet.EMPTY, FieldSet.EMPTY);
    }

    private final @Nullable Scalar scalar;
    private final @Nullable Supplier<ListType> list;
    private final @Nullable Supplier<MapType> map;
    private final Resets resets;
    private final boolean custom;

    /** Suppliers, because types may hold themselves. */
    TypeSchema(@Nullable Scalar scalar, @Nullable Supplier<ListType> list, @Nullable Supplier<MapType> map) {
        this(scalar, list, map, Resets.NONE, false);
    }

    private TypeSchema(
            @Nullable Scalar scalar,
            @Nullable Supplier<ListType> list,
            @Nullable Supplier<MapType> map,
            Resets resets,
            boolean custom) {
        this.scalar = scalar;
        this.list = list;
        this.map = map;
        this.resets = resets;
        this.custom = custom;
    }

    static TypeSchema scalar(Scalar scalar) {
        return new TypeSchema(scalar, null, null);
    }

    static TypeSchema list(ListType list) {
        return new TypeSchema(null, () -> list, null);
    }

    static TypeSchema map(MapType map) {
        return new TypeSchema(null, null, () -> map);
    }

    /** The type of a custom resource from its structural schema; apiVersion, kind and metadata need not be in it. */
    public static TypeSchema ofStructural(JsonNode openApiV3Schema) {
        return StructuralTypes.resource(openApiV3Schema).asCustom();
    }

    /** This type, for a resource whose status is a subresource: who writes one of the two never owns fields of the other. */
    public TypeSchema withStatusSubresource() {
        return withStatusSubresource(FieldSet.of(FieldPath.of("spec")));
    }

    TypeSchema withStatusSubresource(FieldSet resetByStatus) {
        Resets both = new Resets(FieldSet.of(FieldPath.of("status")), resetByStatus);
        return new TypeSchema(scalar, list, map, both, custom);
    }

    private TypeSchema asCustom() {
        return new TypeSchema(scalar, list, map, resets, true);
    }

    /** Whether a definition describes it: an empty list in its metadata is as good as none then. */
    boolean isCustom() {
        return custom;
    }

    FieldSet resetBy(@Nullable String subresource) {
        if (subresource == null || subresource.isEmpty()) {
            return resets.byObject();
        }
        return subresource.equals("status") ? resets.byStatus() : FieldSet.EMPTY;
    }

    /** The type of a custom resource without a schema. */
    public static TypeSchema ofUnstructured() {
        return DEDUCED.asCustom();
    }

    /**
     * The type of a kind that every cluster serves.
     *
     * @param apiVersion group and version, as in {@code apiextensions.k8s.io/v1}
     * @throws IllegalArgumentException if the kind is not in the table
     */
    public static TypeSchema builtIn(String apiVersion, String kind) {
        return BuiltInTypes.of(apiVersion, kind);
    }

    @Nullable
    Scalar scalar() {
        return scalar;
    }

    @Nullable
    ListType list() {
        return list == null ? null : list.get();
    }

    @Nullable
    MapType map() {
        return map == null ? null : map.get();
    }

    /** The shapes that remain when the value is known; all of them when it fits none, or is null. */
    TypeSchema narrowedTo(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return this;
        }
        if (value.isObject() && map != null) {
            return list == null && scalar == null ? this : new TypeSchema(null, null, map);
        }
        if (value.isArray() && list != null) {
            return map == null && scalar == null ? this : new TypeSchema(null, list, null);
        }
        if (value.isValueNode() && scalar != null) {
            return map == null && list == null ? this : new TypeSchema(scalar, null, null);
        }
        return this;
    }

    /** Whether both allow the same kinds of shapes. */
    boolean sameShapesAs(TypeSchema other) {
        return (map == null) == (other.map == null)
                && (list == null) == (other.list == null)
                && (scalar == null) == (other.scalar == null);
    }

    boolean declares(String field) {
        MapType type = map();
        return type != null && type.fields().containsKey(field);
    }

    /** The type of a field; null when the object must not have it. */
    static @Nullable TypeSchema fieldOf(MapType type, String name) {
        FieldType field = type.fields().get(name);
        return field == null ? type.others() : field.type();
    }

    TypeSchema childOf(PathElement element) {
        if (element instanceof PathElement.Field field) {
            MapType type = map();
            TypeSchema child = type == null ? null : fieldOf(type, field.name());
            return child == null ? UNTYPED_NOTHING : child;
        }
        ListType type = list();
        return type == null ? UNTYPED_NOTHING : type.items();
    }

    /** Allows nothing and declares nothing: below what the type does not know. */
    private static final TypeSchema UNTYPED_NOTHING = new TypeSchema(null, null, null);
}
