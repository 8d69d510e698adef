package dev.sluice.toolkit.json;

import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.common.KubernetesListObject;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads records through their canonical constructor and writes their components; see {@link ToolkitJson}. */
final class RecordAdapter<T> extends TypeAdapter<@Nullable T> {

    private final Constructor<T> constructor;
    private final List<RecordField> fields;
    private final Map<String, Integer> positions = new HashMap<>();
    private final boolean writesEmpty;

    RecordAdapter(Class<T> type, List<RecordField> fields) {
        this.constructor = canonicalConstructor(type);
        this.fields = fields;
        for (int i = 0; i < fields.size(); i++) {
            positions.put(fields.get(i).name(), i);
        }
        // an empty list still has an item type
        this.writesEmpty = KubernetesListObject.class.isAssignableFrom(type);
    }

    /** Returns a record with all fields missing; null if the adapter is not one of ours. */
    static @Nullable Object zero(TypeAdapter<?> adapter) {
        if (adapter instanceof UnknownFieldsAdapter<?> wrapper) {
            return zero(wrapper.record());
        }
        return adapter instanceof RecordAdapter<?> ours ? ours.build(new @Nullable Object[ours.fields.size()]) : null;
    }

    @Override
    public void write(JsonWriter out, @Nullable T value) throws IOException {
        if (value == null) {
            out.nullValue();
            return;
        }
        out.beginObject();
        for (RecordField field : fields) {
            field.write(value, out, writesEmpty);
        }
        out.endObject();
    }

    @Override
    public @Nullable T read(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.NULL) {
            in.nextNull();
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[fields.size()];
        in.beginObject();
        while (in.hasNext()) {
            Integer position = positions.get(in.nextName());
            if (position == null) {
                in.skipValue();
            } else {
                values[position] = fields.get(position).read(in);
            }
        }
        in.endObject();
        return build(values);
    }

    private T build(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = fields.get(i).missing();
            }
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new JsonParseException(
                    "cannot create " + constructor.getDeclaringClass().getSimpleName() + ": " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot call " + constructor, e);
        }
    }

    private static <T> Constructor<T> canonicalConstructor(Class<T> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return Access.to(type.getDeclaredConstructor(types));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is a record without a canonical constructor", e);
        }
    }
}
