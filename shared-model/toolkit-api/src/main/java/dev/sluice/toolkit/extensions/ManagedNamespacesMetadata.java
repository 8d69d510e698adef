package dev.sluice.toolkit.extensions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labels and annotations of managed namespaces: those of the file, then each operation in order.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param fromSource a file in a source or in the artifact
 * @param from operations in the spec
 */
public record ManagedNamespacesMetadata(
        @Nullable NamespaceMetadataFromSource fromSource, List<NamespaceMetadataFrom> from) {

    public ManagedNamespacesMetadata {
        from = List.copyOf(from);
    }
}
