package dev.sluice.toolkit.meta;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A map that takes little more memory than its JSON; each access parses the JSON. Immutable. */
final class CompactMap extends AbstractMap<String, JsonValue> {

    private final String json;
    private final int size;

    CompactMap(Map<String, JsonValue> map) {
        StringBuilder text = new StringBuilder("{");
        map.forEach((key, value) -> text.append(text.length() == 1 ? "" : ",")
                .append(JsonValue.of(key).json())
                .append(':')
                .append(value.json()));
        json = text.append('}').toString();
        size = map.size();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Entry<String, JsonValue>> entrySet() {
        Map<String, JsonValue> map = new LinkedHashMap<>(size * 4 / 3 + 1);
        for (Entry<String, JsonElement> entry :
                JsonParser.parseString(json).getAsJsonObject().entrySet()) {
            map.put(entry.getKey(), JsonValue.of(entry.getValue()));
        }
        return Collections.unmodifiableMap(map).entrySet();
    }
}
