package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Immutable;
import java.util.Map;

/** Labels and annotations that every generated ExternalArtifact gets. */
public record CommonMetadata(Map<String, String> labels, Map<String, String> annotations) {

    public CommonMetadata {
        labels = Immutable.map(labels);
        annotations = Immutable.map(annotations);
    }
}
