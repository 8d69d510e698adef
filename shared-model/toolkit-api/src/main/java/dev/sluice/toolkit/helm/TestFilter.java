package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** Includes or excludes a test by name. */
public record TestFilter(String name, @Nullable Boolean exclude) {

    public TestFilter {
        Required.field(name, "TestFilter", "name");
    }
}
