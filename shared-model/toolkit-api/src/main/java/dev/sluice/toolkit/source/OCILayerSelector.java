package dev.sluice.toolkit.source;

import org.jspecify.annotations.Nullable;

/** Selects a layer of the image, and whether to extract it. */
public record OCILayerSelector(
        @Nullable String mediaType, @Nullable String operation) {}
