package dev.sluice.toolkit.source;

import org.jspecify.annotations.Nullable;

/** Which layer of the image to take, and whether to unpack it. */
public record OCILayerSelector(
        @Nullable String mediaType, @Nullable String operation) {}
