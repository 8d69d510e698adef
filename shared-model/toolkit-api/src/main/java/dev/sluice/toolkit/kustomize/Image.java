package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the name, tag or digest of an image.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}, {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param name a tag-less image name
 * @param digest takes precedence over the tag
 * @param newName the value used to replace the original name
 * @param newTag the value used to replace the original tag
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
