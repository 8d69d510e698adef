package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.RequiredField;
import dev.sluice.toolkit.meta.UnknownFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sources that a generator reads and the artifacts that it builds from them.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param sources the sources to compose from, 1 to 1000
 * @param artifacts the artifacts to generate, 1 to 1000
 * @param pathPattern {@code @alias/<pattern>} with captures: one set of artifacts for each matching directory; since
 *     Flux 2.9
 * @param commonMetadata labels and annotations of all generated objects; since Flux 2.9
 * @param serviceAccountName account in the generator's namespace whose permissions decide what is written; since Flux
 *     2.10
 * @param managedNamespaces how the namespaces of the artifacts are managed; absent: they must exist; since Flux 2.10
 * @param unknownFields paths of fields that this version of the library does not know, at most twenty; a controller
 *     that ignores them does not do what the user has requested
 */
public record ArtifactGeneratorSpec(
        @RequiredField List<SourceReference> sources,
        @RequiredField List<OutputArtifact> artifacts,
        @Nullable String pathPattern,
        @Nullable CommonMetadata commonMetadata,
        @Nullable String serviceAccountName,
        @Nullable ManagedNamespaces managedNamespaces,
        @UnknownFields List<String> unknownFields) {

    public ArtifactGeneratorSpec {
        sources = List.copyOf(sources);
        artifacts = List.copyOf(artifacts);
        unknownFields = List.copyOf(unknownFields);
    }

    /** Creates a spec without an account and managed namespaces. */
    public ArtifactGeneratorSpec(
            List<SourceReference> sources,
            List<OutputArtifact> artifacts,
            @Nullable String pathPattern,
            @Nullable CommonMetadata commonMetadata) {
        this(sources, artifacts, pathPattern, commonMetadata, null, null, List.of());
    }
}
