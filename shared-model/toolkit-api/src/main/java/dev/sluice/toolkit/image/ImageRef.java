package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** An image. */
public record ImageRef(String name, String tag, @Nullable String digest) {

    public ImageRef {
        Required.field(name, "ImageRef", "name");
        Required.field(tag, "ImageRef", "tag");
    }
}
