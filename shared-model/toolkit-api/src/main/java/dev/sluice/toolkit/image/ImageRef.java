package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * An image.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param name the bare image's name
 * @param tag the image's tag
 * @param digest the image's digest
 */
public record ImageRef(String name, String tag, @Nullable String digest) {

    public ImageRef {
        Required.field(name, "ImageRef", "name");
        Required.field(tag, "ImageRef", "tag");
    }
}
