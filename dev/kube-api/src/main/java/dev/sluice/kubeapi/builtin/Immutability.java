package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Config maps and secrets may give up all further changes of their content. */
final class Immutability {

    private Immutability() {}

    static List<Cause> validate(ObjectNode object, @Nullable ObjectNode old, List<String> fields) {
        List<Cause> causes = new ArrayList<>();
        if (old == null || !Json.booleanAt(old, "immutable")) {
            return causes;
        }
        if (!Json.booleanAt(object, "immutable")) {
            causes.add(Cause.forbidden("immutable", "field is immutable when `immutable` is set"));
        }
        for (String field : fields) {
            if (!Objects.equals(old.get(field), object.get(field))) {
                causes.add(Cause.forbidden(field, "field is immutable when `immutable` is set"));
            }
        }
        return causes;
    }
}
