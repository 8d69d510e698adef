package dev.sluice.hostile;

import dev.sluice.hostile.cases.Cases;
import dev.sluice.hostile.harness.AttackRun;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ReconcilerProfile;
import dev.sluice.hostile.harness.TestEnvironment;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestedApi;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs all cases, those of one wave at the same time. Each build uses a small heap, low limits and smaller attacks; the
 * long runs use the default limits.
 */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class HostileTenantsIT {

    static Stream<Arguments> waves() {
        return Cases.waves().entrySet().stream().map(wave -> Arguments.of(wave.getKey(), wave.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    void doNotAffectTheVictim(String wave, List<HostileCase> cases, KubernetesApi api) throws Exception {
        AttackRun.quick(TestEnvironment.shared(api, ReconcilerProfile.SMALL)).run(cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    @Tag("soak")
    void doNotAffectTheVictimWithTheHeapAndFlagsOfTheChart(String wave, List<HostileCase> cases, KubernetesApi api)
            throws Exception {
        AttackRun.thorough(TestEnvironment.shared(api, ReconcilerProfile.SHORT_RUNS))
                .run(cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    @Tag("soak")
    void doNotAffectTheVictimWithTheFlagsOfTheChartAndASmallHeap(
            String wave, List<HostileCase> cases, KubernetesApi api) throws Exception {
        AttackRun.thorough(TestEnvironment.shared(api, ReconcilerProfile.SMALL_HEAP))
                .run(cases);
    }
}
