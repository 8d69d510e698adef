package dev.sluice.toolkit.meta;

import java.util.Map;

/**
 * Labels and annotations for all objects that are created for an object.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}, {@code helm.toolkit.fluxcd.io/v2}, {@code
 * source.extensions.fluxcd.io/v1beta1}.
 *
 * @param labels labels to set on each created object
 * @param annotations annotations to set on each created object
 */
public record CommonMetadata(Map<String, String> labels, Map<String, String> annotations) {

    public CommonMetadata {
        labels = Immutable.map(labels);
        annotations = Immutable.map(annotations);
    }
}
