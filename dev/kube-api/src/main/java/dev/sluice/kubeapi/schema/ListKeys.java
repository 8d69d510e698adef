package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.JsonOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds items of a list that is a map. */
final class ListKeys {

    private ListKeys() {}

    /** The item with the keys of the one given; null when there is none. */
    static @Nullable JsonNode find(JsonNode list, JsonNode wanted, List<String> keys) {
        if (!list.isArray()) {
            return null;
        }
        return list.valueStream()
                .filter(item -> keys.stream().allMatch(key -> JsonOrder.equal(item.path(key), wanted.path(key))))
                .findFirst()
                .orElse(null);
    }
}
