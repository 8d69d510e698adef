package dev.sluice.hostile.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Runs several attacks at the same time while the victim publishes revisions; the victim must not be affected. */
public final class AttackRun {

    /** Limit of the median time from a new revision until it is served. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Minimum duration of a thorough run. */
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("sluice.hostile.seconds", 15));

    /** How often each loop of a tenant repeats its action in a quick run, unless the API server is too slow for that. */
    private static final int ROUNDS = 8;

    private static final Duration ROUNDS_LIMIT = Duration.ofSeconds(30);
    private static final Duration MESSAGE_LIMIT = Duration.ofMinutes(3);
    private static final Duration DELAYED_MESSAGE_LIMIT = Duration.ofMinutes(6);
    private static final Duration START_LIMIT = Duration.ofMinutes(15);
    private static final Duration SLOW_START = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The pause of a quick run: five revisions take about as long as the rounds of a loop. */
    private static final Duration QUICK_PAUSE = Duration.ofMillis(600);

    /** Enough for the source cache and the files that one run unpacks; far below the disk size of a node. */
    private static final long SCRATCH_LIMIT = 4L << 30;

    private final TestEnvironment environment;
    private final String otherRemedy;
    private final boolean thorough;
    private final Duration minDuration;
    private final int rounds;
    private final int revisions;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Map<HostileCase, Tenant> tenants = new LinkedHashMap<>();
    private final Map<HostileCase, Long> received = new HashMap<>();
    private final List<Duration> times = new ArrayList<>();
    private final ProcessorTime processorTime = ProcessorTime.now();

    /** Time until each attack had started, in nanoseconds. Slow ones are printed, because a build waits for all of them. */
    private final Map<HostileCase, Long> startDelays = new ConcurrentHashMap<>();

    private AttackRun(TestEnvironment environment, boolean thorough, Duration minDuration, int rounds, int revisions) {
        this.environment = environment;
        this.otherRemedy = environment.profile().otherRemedy();
        this.thorough = thorough;
        this.minDuration = minDuration;
        this.rounds = rounds;
        this.revisions = revisions;
    }

    /**
     * A run of at least five revisions and eight rounds of each loop after the last attack started, which does not wait for
     * delayed messages.
     */
    public static AttackRun quick(TestEnvironment environment) {
        return quick(environment, ROUNDS);
    }

    /** A quick run with another number of rounds. */
    public static AttackRun quick(TestEnvironment environment, int rounds) {
        return new AttackRun(environment, false, Duration.ZERO, rounds, 5);
    }

    /** A run with a minimum duration, which does not wait for delayed messages. */
    public static AttackRun lasting(TestEnvironment environment, Duration minDuration) {
        return new AttackRun(environment, false, minDuration, 0, 5);
    }

    /** A long run, which waits for all messages. */
    public static AttackRun thorough(TestEnvironment environment) {
        return new AttackRun(environment, true, LONG, 0, 7);
    }

    /** Runs the cases and fails with all problems; after a failure, resets the environment for the next run. */
    public void run(List<HostileCase> cases) throws Exception {
        long startNanos = System.nanoTime();
        attackBeforeStart(cases);
        ExecutorService attackers = Executors.newCachedThreadPool(AttackRun::attacker);
        try (InvariantMonitor monitor = environment.startMonitor()) {
            attack(cases, attackers, startNanos);
            publishDuringAttacks(attackers, startNanos);
            checkOutcomes();
            problems.addAll(monitor.violations(SCRATCH_LIMIT));
            report(cases, monitor, startNanos);
        } finally {
            attackers.shutdownNow(); // after a failure, some may still run
            tenants.values().forEach(Tenant::stop);
            tenants.values().forEach(environment::cleanUp);
            environment.names().resume();
            if (!problems.isEmpty()) {
                environment.reset();
            }
        }
        assertThat(problems).as("problems during %s", cases).isEmpty();
    }

    private static Thread attacker(Runnable work) {
        Thread thread = new Thread(work, "attacker");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts the services, or the reconciler again if it runs and an attack must precede its start. */
    private void attackBeforeStart(List<HostileCase> cases) throws IOException {
        List<HostileCase> early =
                cases.stream().filter(one -> one.attack().isBeforeStart()).toList();
        early.forEach(one -> start(one, newTenant(one)));
        environment.start(!early.isEmpty());
    }

    private Tenant newTenant(HostileCase one) {
        Tenant tenant = environment.newTenant(
                one.namespace(), thorough && environment.profile().createsAllObjects());
        tenants.put(one, tenant);
        if (isAwaited(one)) {
            tenant.watchMessages();
        }
        return tenant;
    }

    private void attack(List<HostileCase> cases, ExecutorService attackers, long startNanos) {
        for (HostileCase one : cases) {
            if (one.attack().isBeforeStart()) {
                continue;
            }
            Tenant tenant = newTenant(one);
            attackers.execute(() -> {
                start(one, tenant);
                startDelays.put(one, System.nanoTime() - startNanos);
            });
        }
        attackers.shutdown();
    }

    private void start(HostileCase one, Tenant tenant) {
        try {
            one.attack().start(tenant);
        } catch (Exception | AssertionError e) {
            problems.add("%s could not be started: %s".formatted(one, e));
        }
    }

    /**
     * Publishes revisions until all attacks have run for the minimum duration and all expected messages have arrived, or
     * the time limit is reached.
     */
    private void publishDuringAttacks(ExecutorService attackers, long startNanos) {
        try {
            int revisionsDuringAttacks = 0;
            long complete = 0;
            while (revisionsDuringAttacks < revisions
                    || System.nanoTime() - complete < minDuration.toNanos()
                    || isAnythingRepeated(complete)
                    || isAnythingAwaited(complete)) {
                boolean allAttack = attackers.isTerminated();
                if (allAttack && complete == 0) {
                    complete = System.nanoTime();
                    tenants.values().forEach(Tenant::startLoops);
                }
                times.add(environment.victim().publish());
                revisionsDuringAttacks += allAttack ? 1 : 0;
                if (System.nanoTime() - startNanos > START_LIMIT.toNanos() && !allAttack) {
                    problems.add("the attacks did not start within " + START_LIMIT);
                    return;
                }
                LockSupport.parkNanos((rounds > 0 ? QUICK_PAUSE : PAUSE).toNanos());
            }
        } catch (RuntimeException | AssertionError e) {
            problems.add("a revision of the victim was lost; times of the revisions before it: %s: %s"
                    .formatted(times, e.getMessage()));
            return;
        }
        if (median().compareTo(LIMIT) > 0) {
            problems.add("median time of the victim's revisions is %s: %s".formatted(median(), times));
        }
    }

    private Duration median() {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private boolean isAnythingRepeated(long complete) {
        return System.nanoTime() - complete < ROUNDS_LIMIT.toNanos()
                && !tenants.values().stream().allMatch(tenant -> tenant.hasRepeated(rounds));
    }

    private boolean isAnythingAwaited(long complete) {
        Duration limit = thorough ? DELAYED_MESSAGE_LIMIT : MESSAGE_LIMIT;
        if (System.nanoTime() - complete > limit.toNanos()) {
            return false;
        }
        tenants.forEach((one, tenant) -> {
            if (isAwaited(one)
                    && !received.containsKey(one)
                    && one.expected().missing(tenant.messages(), otherRemedy).isEmpty()) {
                received.put(one, System.nanoTime() - complete);
            }
        });
        return tenants.keySet().stream().anyMatch(one -> isAwaited(one) && !received.containsKey(one));
    }

    private void checkOutcomes() {
        tenants.forEach((one, tenant) -> {
            if (one.expected().isChecked()) {
                List<String> messages = tenant.finalMessages();
                if (isAwaited(one) && !received.containsKey(one)) {
                    one.expected().missing(messages, otherRemedy).ifPresent(what -> problems.add(one + ": " + what));
                }
                one.expected().leak(messages).ifPresent(what -> problems.add(one + ": " + what));
            }
            one.finalCheck().problem(tenant).ifPresent(what -> problems.add(one + ": " + what));
        });
    }

    private boolean isAwaited(HostileCase one) {
        return !one.expected().words().isEmpty() && (thorough || !one.expected().delayed());
    }

    private void report(List<HostileCase> cases, InvariantMonitor monitor, long startNanos) {
        System.out.printf(
                "[hostile] %s: victim %s, reconciler peak RSS %d MiB, temporary files %d MiB, %d s%n",
                cases,
                times.isEmpty()
                        ? "without a revision"
                        : "median %d ms of %d revisions".formatted(median().toMillis(), times.size()),
                environment.peakResidentBytes() >> 20,
                monitor.maxScratchBytes() >> 20,
                (System.nanoTime() - startNanos) / 1_000_000_000);
        startDelays.entrySet().stream()
                .filter(one -> one.getValue() > SLOW_START.toNanos())
                .sorted(Map.Entry.comparingByValue())
                .forEach(one -> System.out.printf(
                        "[hostile]   %s started after %d s%n", one.getKey(), one.getValue() / 1_000_000_000));
        System.out.printf(
                "[hostile]   processor time: %s%n", ProcessorTime.now().since(processorTime));
        tenants.forEach((one, tenant) -> {
            String found = one.expected().isChecked() ? one.expected().found(tenant.messages(), otherRemedy) : "";
            if (!found.isEmpty()) {
                System.out.printf(
                        "[hostile]   %s received after %d s: %s%n",
                        one,
                        received.getOrDefault(one, 0L) / 1_000_000_000,
                        found.substring(0, Math.min(300, found.length())));
            }
        });
        problems.forEach(problem -> System.out.printf("[hostile]   FAILED %s%n", problem));
    }
}
