package dev.sluice.hostile.fuzz;

import dev.sluice.hostile.harness.AttackRun;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ReconcilerProfile;
import dev.sluice.hostile.harness.TestEnvironment;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestedApi;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two tenants that write random objects. Each build uses a fixed seed and a short run; the long run uses another seed
 * and ten minutes. {@code -Dsluice.fuzz.seed} repeats a run by the printed seed, as far as threads and clocks allow.
 */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class ObjectGraphFuzzIT {

    private static final long SEED = 20_261_130;

    /** Random actions of each of the six threads. */
    private static final int SHORT = 120;

    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("sluice.fuzz.seconds", 600));

    @Test
    void randomObjectsDoNotAffectTheVictim(KubernetesApi api) throws Exception {
        attack(
                AttackRun.quick(TestEnvironment.shared(api, ReconcilerProfile.SMALL), SHORT),
                Long.getLong("sluice.fuzz.seed", SEED));
    }

    @Test
    @Tag("soak")
    void randomObjectsDoNotAffectTheVictimInALongRun(KubernetesApi api) throws Exception {
        long seed = Long.getLong("sluice.fuzz.seed", System.nanoTime());
        attack(AttackRun.lasting(TestEnvironment.shared(api, ReconcilerProfile.SHORT_RUNS), LONG), seed);
    }

    private static void attack(AttackRun run, long seed) throws Exception {
        String name = "random objects of -Dsluice.fuzz.seed=" + seed;
        run.run(List.of(tenant("one: " + name, seed), tenant("two: " + name, seed + 1_000)));
    }

    private static HostileCase tenant(String name, long seed) {
        return new HostileCase("fuzz", name, new RandomAttack(seed), ExpectedMessage.none());
    }
}
