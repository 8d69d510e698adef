package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.KindRules.Strategy;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** ConfigMaps contain text and binary data under unique keys. */
final class ConfigMapStrategy implements Strategy {

    @Override
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        List<Cause> causes = new ArrayList<>(DataKeys.validate(object, "data"));
        causes.addAll(DataKeys.validate(object, "binaryData"));
        Json.objectAt(object, "data").propertyNames().forEach(key -> {
            if (Json.objectAt(object, "binaryData").has(key)) {
                causes.add(
                        Cause.invalid("data[" + key + "]", Cause.quote(key), "duplicate of key present in binaryData"));
            }
        });
        return causes;
    }
}
