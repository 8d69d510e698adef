package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.RequiredField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sources a generator reads and which artifacts it makes of them.
 *
 * @param pathPattern {@code @alias/<pattern>} with captures: one set of artifacts for every directory that
 *     matches
 */
public record ArtifactGeneratorSpec(
        @RequiredField List<SourceReference> sources,
        @RequiredField List<OutputArtifact> artifacts,
        @Nullable String pathPattern,
        @Nullable CommonMetadata commonMetadata) {

    public ArtifactGeneratorSpec {
        sources = List.copyOf(sources);
        artifacts = List.copyOf(artifacts);
    }
}
