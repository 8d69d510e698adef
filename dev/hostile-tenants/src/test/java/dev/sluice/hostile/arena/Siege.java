package dev.sluice.hostile.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Tenants attack at the same time; the neighbour goes on with its work, and must not notice. */
public final class Siege {

    /** What a neighbour waits for a new revision at most, as the median of several. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** How long a patient siege lasts at least. */
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("sluice.hostile.seconds", 15));

    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** The cache of sources and what one run may unpack beside it; far below what would fill a node. */
    private static final long SCRATCH_LIMIT = 4L << 30;

    private final Arena arena;
    private final boolean patient;
    private final Duration least;
    private final int revisions;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Map<HostileCase, Tenant> tenants = new LinkedHashMap<>();
    private final List<Duration> times = new ArrayList<>();

    private Siege(Arena arena, boolean patient, Duration least, int revisions) {
        this.arena = arena;
        this.patient = patient;
        this.least = least;
        this.revisions = revisions;
    }

    /** Five revisions of the neighbour; messages that come late are not awaited. */
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
        try (Vigil vigil = arena.newVigil()) {
            attack(cases);
            publish(begun);
            judge();
            problems.addAll(vigil.broken(SCRATCH_LIMIT));
            report(cases, vigil, begun);
        } finally {
            tenants.values().forEach(this::end);
            if (!problems.isEmpty()) {
                arena.rebuild();
            }
        }
        assertThat(problems).as("what hurt while %s", cases).isEmpty();
    }

    private void attack(List<HostileCase> cases) throws InterruptedException {
        List<Thread> attackers = new ArrayList<>();
        for (HostileCase one : cases) {
            Tenant tenant = arena.newTenant(one.namespace());
            tenants.put(one, tenant);
            Thread attacker = new Thread(() -> begin(one, tenant), one.namespace());
            attacker.start();
            attackers.add(attacker);
        }
        for (Thread attacker : attackers) {
            attacker.join();
        }
    }

    private void begin(HostileCase one, Tenant tenant) {
        try {
            one.attack().begin(tenant);
        } catch (Exception | AssertionError e) {
            problems.add("%s could not be tried: %s".formatted(one, e));
        }
    }

    private void publish(long begun) {
        try {
            while (times.size() < revisions || System.nanoTime() - begun < least.toNanos()) {
                times.add(arena.victim().publish());
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

    private Duration median() {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private void judge() {
        long end = System.nanoTime() + (patient ? LONG.multipliedBy(8) : TOLD_WITHIN).toNanos();
        tenants.forEach((one, tenant) -> {
            List<String> told = tenant.told();
            while (isAwaited(one) && one.told().missing(told).isPresent() && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK.toNanos());
                told = tenant.told();
            }
            if (isAwaited(one)) {
                one.told().missing(told).ifPresent(what -> problems.add(one + ": " + what));
            }
            one.told().leak(told).ifPresent(what -> problems.add(one + ": " + what));
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
        tenants.forEach((one, tenant) -> {
            String found = one.told().found(tenant.told());
            if (!found.isEmpty()) {
                System.out.printf(
                        "[hostile]   %s was told: %s%n", one, found.substring(0, Math.min(300, found.length())));
            }
        });
        problems.forEach(problem -> System.out.printf("[hostile]   BROKEN %s%n", problem));
    }

    private void end(Tenant tenant) {
        try {
            tenant.close();
        } catch (RuntimeException e) {
            problems.add("cannot end an attack: " + e);
        }
    }
}
