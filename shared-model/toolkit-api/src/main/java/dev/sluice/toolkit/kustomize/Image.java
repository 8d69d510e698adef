package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the name, tag or digest of an image.
 *
 * @param digest takes precedence over the tag
 */
public record Image(
        String name,
        @Nullable String digest,
        @Nullable String newName,
        @Nullable String newTag) {

    public Image {
        Required.field(name, "Image", "name");
    }
}
