package dev.sluice.toolkit.extensions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sources a generator reads and which artifacts it makes of them.
 *
 * @param pathPattern {@code @alias/<pattern>} with captures: one set of artifacts for every directory that
 *     matches
 */
public record ArtifactGeneratorSpec(
        List<SourceReference> sources,
        List<OutputArtifact> artifacts,
        @Nullable String pathPattern,
        @Nullable CommonMetadata commonMetadata) {

    public ArtifactGeneratorSpec {
        sources = List.copyOf(sources);
        artifacts = List.copyOf(artifacts);
    }
}
