package dev.sluice.hostile.fuzz;

import dev.sluice.hostile.arena.Arena;
import dev.sluice.hostile.arena.HostileCase;
import dev.sluice.hostile.arena.Setting;
import dev.sluice.hostile.arena.Siege;
import dev.sluice.hostile.arena.Told;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestedApi;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two tenants with random objects beside the victim: in each build the same for a moment, in the long runs others for
 * ten minutes. {@code -Dsluice.fuzz.seed} repeats what a run's line names, as far as threads and clocks allow.
 */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class ObjectGraphFuzzIT {

    private static final long SEED = 20_261_130;
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("sluice.fuzz.seconds", 600));

    @Test
    void randomObjectsDoNotHurtTheirNeighbour(KubernetesApi api) throws Exception {
        attack(Siege.lasting(Arena.shared(api, Setting.SMALL), SHORT), Long.getLong("sluice.fuzz.seed", SEED));
    }

    @Test
    @Tag("soak")
    void randomObjectsForLongDoNotHurtTheirNeighbour(KubernetesApi api) throws Exception {
        long seed = Long.getLong("sluice.fuzz.seed", System.nanoTime());
        attack(Siege.lasting(Arena.shared(api, Setting.SHORT_RUNS), LONG), seed);
    }

    private static void attack(Siege siege, long seed) throws Exception {
        String name = "random objects of -Dsluice.fuzz.seed=" + seed;
        siege.of(List.of(tenant("one: " + name, seed), tenant("two: " + name, seed + 1_000)));
    }

    private static HostileCase tenant(String name, long seed) {
        return new HostileCase("fuzz", name, new RandomAttack(seed), Told.nothing());
    }
}
