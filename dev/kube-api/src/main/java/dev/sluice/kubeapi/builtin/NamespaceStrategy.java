package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.resource.KindRules.Strategy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds the name label, the phase and the finalizer that waits until the namespace is empty. */
final class NamespaceStrategy implements Strategy {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public void complete(ObjectNode object, @Nullable ObjectNode old) {
        ObjectMeta meta = ObjectMeta.of(object);
        ObjectNode labels = Json.objectAt(meta.node(), "labels");
        labels.put(NAME_LABEL, meta.name());
        meta.set("labels", labels);
        if (old == null) {
            object.putObject("spec").putArray("finalizers").add("kubernetes");
            object.putObject("status").put("phase", "Active");
            return;
        }
        JsonNode spec = old.get("spec");
        if (spec != null) {
            object.set("spec", spec.deepCopy());
        }
    }
}
