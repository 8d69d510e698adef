package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;

/** Selects the latest version in a range. */
public record SemVerPolicy(String range) {

    public SemVerPolicy {
        Required.field(range, "SemVerPolicy", "range");
    }
}
