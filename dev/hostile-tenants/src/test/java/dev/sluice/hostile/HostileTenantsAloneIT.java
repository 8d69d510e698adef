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
import org.junit.jupiter.params.provider.MethodSource;

/** Each case for itself and for longer, with the heap of the chart and with a small one. */
@Tag("soak")
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class HostileTenantsAloneIT {

    static Stream<HostileCase> cases() {
        return Cases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotHurtItsNeighbour(HostileCase one, KubernetesApi api) throws Exception {
        Siege.patient(Arena.shared(api, Setting.CHART)).of(List.of(one));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotHurtItsNeighbourInASmallHeap(HostileCase one, KubernetesApi api) throws Exception {
        Siege.patient(Arena.shared(api, Setting.SMALL_HEAP)).of(List.of(one));
    }
}
