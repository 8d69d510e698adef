package dev.sluice.toolkit.meta;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a record with many fields. A field that is not set is absent; a list or map that is not set is empty. Setting
 * a field again replaces its value. A record that was built does not change if the builder is used further. Not
 * thread-safe.
 *
 * @param <R> the type of the record
 * @param <B> the type of the builder
 */
public abstract class RecordBuilder<R extends Record, B extends RecordBuilder<R, B>> {

    private final Class<R> type;
    private final Map<String, Object> values = new HashMap<>();

    /** Creates a builder with the values of a record, or without values. */
    protected RecordBuilder(Class<R> type, @Nullable R from) {
        this.type = type;
        if (from != null) {
            for (RecordComponent component : type.getRecordComponents()) {
                set(component.getName(), read(component, from));
            }
        }
    }

    /**
     * Builds the record.
     *
     * @throws IllegalArgumentException if a required field was not set; names the record and the field
     */
    public final R build() {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable
        Object[] arguments = Arrays.stream(components).map(this::argument).toArray();
        try {
            return constructor(components).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot call the constructor of " + type, e);
        }
    }

    /** Sets the component with this name; null unsets it. */
    @SuppressWarnings("unchecked") // B is the type of this builder
    protected final B set(String component, @Nullable Object value) {
        if (value == null) {
            values.remove(component);
        } else {
            values.put(component, value);
        }
        return (B) this;
    }

    private @Nullable Object argument(RecordComponent component) {
        Object value = values.get(component.getName());
        if (value == null && component.isAnnotationPresent(RequiredField.class)) {
            return Required.field(null, type.getSimpleName(), component.getName());
        }
        if (value == null && component.getType() == List.class) {
            return List.of();
        }
        return value == null && component.getType() == Map.class ? Map.of() : value;
    }

    private Constructor<R> constructor(RecordComponent[] components) throws NoSuchMethodException {
        return type.getConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    }

    private static @Nullable Object read(RecordComponent component, Record from) {
        try {
            return component.getAccessor().invoke(from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
