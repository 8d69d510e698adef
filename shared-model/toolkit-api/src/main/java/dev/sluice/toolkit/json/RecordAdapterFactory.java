package dev.sluice.toolkit.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.annotations.JsonAdapter;
import com.google.gson.reflect.TypeToken;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates a {@link RecordAdapter} for every record without an adapter of its own. */
final class RecordAdapterFactory implements TypeAdapterFactory {

    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Class<? super T> raw = type.getRawType();
        if (!raw.isRecord() || raw.isAnnotationPresent(JsonAdapter.class)) {
            return null;
        }
        List<RecordField> fields = new ArrayList<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            TypeAdapter<?> adapter = gson.getAdapter(TypeToken.get(component.getGenericType()));
            fields.add(RecordField.of(component, adapter));
        }
        @SuppressWarnings("unchecked") // the raw type of T is T, because our records have no type parameters
        Class<T> record = (Class<T>) raw;
        TypeAdapter<@Nullable T> plain = new RecordAdapter<>(record, fields);
        return fields.stream()
                .filter(RecordField::listsUnknown)
                .findFirst()
                .<TypeAdapter<@Nullable T>>map(list -> new UnknownFieldsAdapter<>(plain, list.name()))
                .orElse(plain);
    }
}
