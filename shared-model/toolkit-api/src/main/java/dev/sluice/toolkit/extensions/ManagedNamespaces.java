package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.RequiredField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the controller manages the namespaces of the generated artifacts.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param allowedNames CEL expressions on the string variable {@code ns}; a namespace is managed if one of them is true
 * @param prune whether the controller deletes managed namespaces that no artifact needs any more
 * @param metadata labels and annotations in addition to the common metadata of the generator
 */
public record ManagedNamespaces(
        @RequiredField List<String> allowedNames,
        Boolean prune,
        @Nullable ManagedNamespacesMetadata metadata) {

    public ManagedNamespaces {
        allowedNames = List.copyOf(allowedNames);
        Required.field(prune, "ManagedNamespaces", "prune");
    }
}
