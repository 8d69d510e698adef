package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an image: its name, and its tag or digest.
 *
 * @param digest wins over the tag
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
