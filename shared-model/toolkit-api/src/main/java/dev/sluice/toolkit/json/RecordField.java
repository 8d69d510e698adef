package dev.sluice.toolkit.json;

import com.google.gson.TypeAdapter;
import com.google.gson.annotations.SerializedName;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.sluice.toolkit.meta.Nullness;
import dev.sluice.toolkit.meta.RequiredField;
import dev.sluice.toolkit.meta.UnknownFields;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record in JSON.
 *
 * @param required whether it is required, by JSpecify: not nullable in null-marked code
 * @param keepsEmpty whether it is written even if it is an empty list or map
 * @param listsUnknown whether it contains the paths of fields that the record does not have; not written as JSON
 */
record RecordField(
        String name,
        Class<?> type,
        boolean required,
        boolean keepsEmpty,
        boolean listsUnknown,
        Method accessor,
        TypeAdapter<Object> adapter) {

    static RecordField of(RecordComponent component, TypeAdapter<?> adapter) {
        SerializedName name = component.getAccessor().getAnnotation(SerializedName.class);
        Method accessor = Access.to(component.getAccessor());
        @SuppressWarnings("unchecked") // used with values of the component's type only
        TypeAdapter<Object> values = (TypeAdapter<Object>) adapter;
        return new RecordField(
                name == null ? component.getName() : name.value(),
                component.getType(),
                !Nullness.isNullable(component),
                component.isAnnotationPresent(RequiredField.class),
                component.isAnnotationPresent(UnknownFields.class),
                accessor,
                values);
    }

    void write(Object owner, JsonWriter out, boolean withEmpty) throws IOException {
        if (listsUnknown) {
            return;
        }
        Object value = get(owner);
        if (value == null || (!withEmpty && !keepsEmpty && isEmpty(value))) {
            return;
        }
        out.name(name);
        adapter.write(out, value);
    }

    @Nullable
    Object read(JsonReader in) throws IOException {
        return Zero.withoutNulls(adapter.read(in));
    }

    /** Returns the value of a missing field: null if allowed, otherwise Go's zero value. */
    @Nullable
    Object missing() {
        return required || type.isPrimitive() ? Zero.of(type, adapter) : null;
    }

    private @Nullable Object get(Object owner) {
        try {
            return accessor.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + name + " of " + owner.getClass(), e);
        }
    }

    private static boolean isEmpty(Object value) {
        return (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }
}
