package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.KindRules.Strategy;
import dev.sluice.kubeapi.status.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Moves {@code stringData} of Secrets to {@code data}; {@code stringData} is write-only. */
final class SecretStrategy implements Strategy {

    @Override
    public void complete(ObjectNode object, @Nullable ObjectNode old) {
        if (Json.stringAt(object, "type").isEmpty()) {
            object.put("type", "Opaque");
        }
        if (object.remove("stringData") instanceof ObjectNode plain && !plain.isEmpty()) {
            ObjectNode data = Json.objectAt(object, "data");
            plain.properties().forEach(e -> data.put(e.getKey(), encoded(e.getValue())));
            object.set("data", data);
        }
    }

    private static String encoded(JsonNode plain) {
        return Base64.getEncoder().encodeToString(plain.asString("").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        List<Cause> causes = new ArrayList<>(DataKeys.validate(object, "data"));
        if (old != null && !Json.stringAt(old, "type").equals(Json.stringAt(object, "type"))) {
            causes.add(Cause.invalid("type", Cause.quote(Json.stringAt(object, "type")), "field is immutable"));
        }
        return causes;
    }
}
