package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.resource.Conversion;
import tools.jackson.databind.node.ObjectNode;

/** Shows stored objects under the schema of today: it may have changed since they were written. */
record CustomConversion(Conversion names, CustomRules rules) implements Conversion {

    @Override
    public ObjectNode toServed(ObjectNode stored) {
        return rules.complete(names.toServed(stored), null);
    }

    @Override
    public ObjectNode toStored(ObjectNode served) {
        return names.toStored(served);
    }
}
