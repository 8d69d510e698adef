package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;

/**
 * Selects the latest version in a range.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param range a semver range for the image tag; the highest version within the range that's a tag yields the latest
 *     image
 */
public record SemVerPolicy(String range) {

    public SemVerPolicy {
        Required.field(range, "SemVerPolicy", "range");
    }
}
