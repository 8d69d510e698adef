package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * A ConfigMap or Secret whose keys are variables.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param kind kind of the values referent, valid values are ('Secret', 'ConfigMap')
 * @param name name of the values referent. Should reside in the same namespace as the referring resource
 * @param optional whether the referenced resource must exist, or whether to tolerate its absence. If true and the
 *     referenced resource is absent, proceed as if the resource was present but empty, without any variables defined;
 *     {@code false} by default
 */
public record SubstituteReference(
        String kind, String name, @Nullable Boolean optional) {

    public SubstituteReference {
        Required.field(kind, "SubstituteReference", "kind");
        Required.field(name, "SubstituteReference", "name");
    }
}
