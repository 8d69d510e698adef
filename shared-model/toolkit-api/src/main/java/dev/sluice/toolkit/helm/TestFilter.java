package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * Includes or excludes a test by name.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param name {@code metadata.name} of the hook that is the test
 * @param exclude whether the named test should be excluded
 */
public record TestFilter(String name, @Nullable Boolean exclude) {

    public TestFilter {
        Required.field(name, "TestFilter", "name");
    }
}
