package dev.sluice.kubeapi.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class VersionOrderTest {

    @Test
    void ordersByStabilityThenNumber() {
        List<String> sorted = Stream.of(
                        "foo10",
                        "v1alpha1",
                        "v2",
                        "v1",
                        "v11beta2",
                        "v10beta3",
                        "v3beta1",
                        "v12alpha1",
                        "v11alpha2",
                        "foo1",
                        "v10")
                .sorted(VersionOrder.PREFERRED_FIRST)
                .toList();
        assertThat(sorted)
                .containsExactly(
                        "v10",
                        "v2",
                        "v1",
                        "v11beta2",
                        "v10beta3",
                        "v3beta1",
                        "v12alpha1",
                        "v11alpha2",
                        "v1alpha1",
                        "foo1",
                        "foo10");
    }
}
