package dev.sluice.hostile;

import dev.sluice.hostile.arena.Arena;
import dev.sluice.hostile.arena.HostileCase;
import dev.sluice.hostile.arena.Setting;
import dev.sluice.hostile.arena.Siege;
import dev.sluice.hostile.cases.Cases;
import dev.sluice.kubetest.junit.ApiKind;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All cases against the services of the chart, those of a group at the same time. */
@KubernetesTest(
        value = {ApiKind.REAL, ApiKind.IN_MEMORY},
        firstAtHand = true)
class HostileTenantsIT {

    static Stream<Arguments> groups() {
        return Cases.groups().entrySet().stream().map(group -> Arguments.of(group.getKey(), group.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void doNotHurtTheirNeighbour(String group, List<HostileCase> cases, KubernetesApi api) throws Exception {
        Siege.brief(Arena.shared(api, Setting.SHORT_RUNS)).of(cases);
    }
}
