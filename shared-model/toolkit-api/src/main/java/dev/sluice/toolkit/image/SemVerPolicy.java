package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;

/** The newest version in a range. */
public record SemVerPolicy(String range) {

    public SemVerPolicy {
        Required.field(range, "SemVerPolicy", "range");
    }
}
