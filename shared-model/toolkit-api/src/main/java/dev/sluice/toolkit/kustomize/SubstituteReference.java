package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** A ConfigMap or Secret whose keys are variables. */
public record SubstituteReference(
        String kind, String name, @Nullable Boolean optional) {

    public SubstituteReference {
        Required.field(kind, "SubstituteReference", "kind");
        Required.field(name, "SubstituteReference", "name");
    }
}
