package dev.sluice.hostile.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Tenants attack at the same time; the neighbour goes on with its work, and must not notice. */
public final class Siege {

    /** What a neighbour waits for a new revision at most, as the median of several. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** How long a patient siege lasts at least. */
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("sluice.hostile.seconds", 15));

    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(3);
    private static final Duration TOLD_AT_LAST = Duration.ofMinutes(6);
    private static final Duration TOO_LONG = Duration.ofMinutes(15);
    private static final Duration LONG_PREPARATION = Duration.ofSeconds(10);
    private static final Set<String> HEAVY_GROUPS = Set.of("queue", "objects", "yaml", "sources", "builds");
    private static final Duration LOOK = Duration.ofMillis(200);

    /** The cache of sources and what one run may unpack beside it; far below what would fill a node. */
    private static final long SCRATCH_LIMIT = 4L << 30;

    private final Arena arena;
    private final boolean shortRuns;
    private final boolean patient;
    private final Duration least;
    private final int revisions;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Map<HostileCase, Tenant> tenants = new LinkedHashMap<>();
    private final Set<HostileCase> told = new HashSet<>();
    private final List<Duration> times = new ArrayList<>();

    /** Time of each attack until it began, in nanoseconds. Slow ones are printed, because a build waits for the last. */
    private final Map<HostileCase, Long> begunAfter = new ConcurrentHashMap<>();

    private Siege(Arena arena, boolean patient, Duration least, int revisions) {
        this.arena = arena;
        this.shortRuns = arena.setting().hasShortRuns();
        this.patient = patient;
        this.least = least;
        this.revisions = revisions;
    }

    /** Five revisions of the neighbour after the last attack began; messages that come late are not awaited. */
    public static Siege brief(Arena arena) {
        return new Siege(arena, false, SHORT, 5);
    }

    /** As brief, but of this length. */
    public static Siege lasting(Arena arena, Duration least) {
        return new Siege(arena, false, least, 5);
    }

    /** A long attack, and all that must be told. */
    public static Siege patient(Arena arena) {
        return new Siege(arena, true, LONG, 7);
    }

    /** Carries it out, and fails with all that went wrong; then everything is built up again for the next. */
    public void of(List<HostileCase> cases) throws Exception {
        long begun = System.nanoTime();
        ExecutorService attackers = Executors.newCachedThreadPool(Siege::attacker);
        try (Vigil vigil = arena.newVigil()) {
            attack(cases, attackers, begun);
            hold(attackers, begun, lostAfter(cases));
            judge();
            problems.addAll(vigil.broken(SCRATCH_LIMIT));
            report(cases, vigil, begun);
        } finally {
            attackers.shutdownNow(); // those that go on after a defeat
            tenants.values().forEach(Tenant::stop);
            tenants.values().forEach(arena::dismiss);
            arena.names().answer();
            if (!problems.isEmpty()) {
                arena.rebuild();
            }
        }
        assertThat(problems).as("what hurt while %s", cases).isEmpty();
    }

    private static Thread attacker(Runnable work) {
        Thread thread = new Thread(work, "attacker");
        thread.setDaemon(true);
        return thread;
    }

    private void attack(List<HostileCase> cases, ExecutorService attackers, long begun) {
        for (HostileCase one : cases) {
            Tenant tenant =
                    arena.newTenant(one.namespace(), patient && arena.setting().wantsAllObjects());
            tenants.put(one, tenant);
            attackers.execute(() -> {
                begin(one, tenant);
                begunAfter.put(one, System.nanoTime() - begun);
            });
        }
        attackers.shutdown();
    }

    private void begin(HostileCase one, Tenant tenant) {
        try {
            one.attack().begin(tenant);
        } catch (Exception | AssertionError e) {
            problems.add("%s could not be tried: %s".formatted(one, e));
        }
    }

    /** Publishes from the first moment until all attacks have gone on for a while and all is told, or it is too late. */
    private void hold(ExecutorService attackers, long begun, Duration lostAfter) {
        try {
            int during = 0;
            long complete = 0;
            while (during < revisions
                    || System.nanoTime() - complete < least.toNanos()
                    || isAnythingAwaited(complete)) {
                boolean allAttack = attackers.isTerminated();
                if (allAttack && complete == 0) {
                    complete = System.nanoTime();
                    tenants.values().forEach(Tenant::begin);
                }
                times.add(arena.victim().publish(lostAfter));
                during += allAttack ? 1 : 0;
                if (System.nanoTime() - begun > TOO_LONG.toNanos() && !allAttack) {
                    problems.add("the attacks did not begin within " + TOO_LONG);
                    return;
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (RuntimeException | AssertionError e) {
            problems.add("a revision of the victim was lost after %s: %s".formatted(times, e.getMessage()));
            return;
        }
        if (median().compareTo(LIMIT) > 0) {
            problems.add("the median of the victim's revisions took %s: %s".formatted(median(), times));
        }
    }

    /**
     * In a small heap, the runs that need most of it take turns, one for each namespace: with twenty such namespaces, a
     * revision can wait for a turn of each.
     */
    private Duration lostAfter(List<HostileCase> cases) {
        boolean needsHeap = cases.stream().map(HostileCase::group).anyMatch(HEAVY_GROUPS::contains);
        return needsHeap && arena.setting().hasSmallHeap() ? Victim.NEVER.multipliedBy(2) : Victim.NEVER;
    }

    private Duration median() {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private boolean isAnythingAwaited(long complete) {
        Duration limit = patient ? TOLD_AT_LAST : TOLD_WITHIN;
        if (System.nanoTime() - complete > limit.toNanos()) {
            return false;
        }
        tenants.forEach((one, tenant) -> {
            if (isAwaited(one)
                    && !told.contains(one)
                    && one.told().missing(tenant.told(), shortRuns).isEmpty()) {
                told.add(one);
            }
        });
        return tenants.keySet().stream().anyMatch(one -> isAwaited(one) && !told.contains(one));
    }

    private void judge() {
        tenants.forEach((one, tenant) -> {
            if (one.told().isAnything()) {
                List<String> messages = tenant.told();
                if (isAwaited(one) && !told.contains(one)) {
                    one.told().missing(messages, shortRuns).ifPresent(what -> problems.add(one + ": " + what));
                }
                one.told().leak(messages).ifPresent(what -> problems.add(one + ": " + what));
            }
            one.after().problem(tenant).ifPresent(what -> problems.add(one + ": " + what));
        });
    }

    private boolean isAwaited(HostileCase one) {
        return !one.told().words().isEmpty() && (patient || !one.told().late());
    }

    private void report(List<HostileCase> cases, Vigil vigil, long begun) {
        System.out.printf(
                "[hostile] %s: victim %s, reconciler %d MiB resident at most, %d MiB of temporary files, %d s%n",
                cases,
                times.isEmpty() ? "never" : "median %d ms of %d".formatted(median().toMillis(), times.size()),
                arena.peakResidentBytes() >> 20,
                vigil.mostScratchBytes() >> 20,
                (System.nanoTime() - begun) / 1_000_000_000);
        begunAfter.entrySet().stream()
                .filter(one -> one.getValue() > LONG_PREPARATION.toNanos())
                .sorted(Map.Entry.comparingByValue())
                .forEach(one -> System.out.printf(
                        "[hostile]   %s had begun after %d s%n", one.getKey(), one.getValue() / 1_000_000_000));
        tenants.forEach((one, tenant) -> {
            String found = one.told().isAnything() ? one.told().found(tenant.told(), shortRuns) : "";
            if (!found.isEmpty()) {
                System.out.printf(
                        "[hostile]   %s was told: %s%n", one, found.substring(0, Math.min(300, found.length())));
            }
        });
        problems.forEach(problem -> System.out.printf("[hostile]   BROKEN %s%n", problem));
    }
}
