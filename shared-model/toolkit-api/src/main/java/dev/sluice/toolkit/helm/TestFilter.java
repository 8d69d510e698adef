package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** Picks a test by name, or leaves it out. */
public record TestFilter(String name, @Nullable Boolean exclude) {

    public TestFilter {
        Required.field(name, "TestFilter", "name");
    }
}
