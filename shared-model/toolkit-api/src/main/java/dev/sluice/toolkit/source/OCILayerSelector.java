package dev.sluice.toolkit.source;

import org.jspecify.annotations.Nullable;

/**
 * Selects a layer of the image, and whether to extract it.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param mediaType the OCI media type of the layer which should be extracted from the OCI Artifact. The first layer
 *     matching this type is selected
 * @param operation how the selected layer should be processed. By default, the layer compressed content is extracted
 *     to storage; one of {@code extract}, {@code copy}
 */
public record OCILayerSelector(
        @Nullable String mediaType, @Nullable String operation) {}
