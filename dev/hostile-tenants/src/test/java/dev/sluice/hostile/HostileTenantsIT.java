package dev.sluice.hostile;

import dev.sluice.hostile.arena.Arena;
import dev.sluice.hostile.arena.HostileCase;
import dev.sluice.hostile.arena.Setting;
import dev.sluice.hostile.arena.Siege;
import dev.sluice.hostile.cases.Cases;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestedApi;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All cases, those of a wave at the same time: in each build in a small heap, with low limits and smaller attacks. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class HostileTenantsIT {

    static Stream<Arguments> waves() {
        return Cases.waves().entrySet().stream().map(wave -> Arguments.of(wave.getKey(), wave.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    void doNotHurtTheirNeighbour(String wave, List<HostileCase> cases, KubernetesApi api) throws Exception {
        Siege.brief(Arena.shared(api, Setting.SMALL)).of(cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    @Tag("soak")
    void doNotHurtTheirNeighbourWithTheHeapAndTheFlagsOfTheChart(
            String wave, List<HostileCase> cases, KubernetesApi api) throws Exception {
        Siege.patient(Arena.shared(api, Setting.SHORT_RUNS)).of(cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    @Tag("soak")
    void doNotHurtTheirNeighbourWithTheFlagsOfTheChartInASmallHeap(
            String wave, List<HostileCase> cases, KubernetesApi api) throws Exception {
        Siege.patient(Arena.shared(api, Setting.SMALL_HEAP)).of(cases);
    }
}
