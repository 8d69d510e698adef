package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether and how to run the tests of a chart. */
public record Test(
        @Nullable Boolean enable,
        List<TestFilter> filters,
        @Nullable Boolean ignoreFailures,
        @Nullable FluxDuration timeout) {

    public Test {
        filters = List.copyOf(filters);
    }
}
