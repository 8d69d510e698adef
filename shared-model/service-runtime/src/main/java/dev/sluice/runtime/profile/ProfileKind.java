package dev.sluice.runtime.profile;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be asked for, by the names that Go's pprof has. */
enum ProfileKind {
    PROFILE(30, "CPU time: where threads run"),
    HEAP(
            10,
            "live objects: allocated during the seconds and still alive at their end; gc=1 collects garbage first, "
                    + "debug=1 is a class histogram of the whole heap, as text"),
    ALLOCS(10, "allocations, also of what is garbage by now"),
    GOROUTINE(0, "stacks of all threads; debug=2 is a thread dump with locks, as text"),
    BLOCK(10, "waits for locks and for other threads"),
    MUTEX(10, "waits for monitors (synchronized)"),
    THREADCREATE(10, "where threads were started"),
    TRACE(10, "a Flight Recorder file: open it with JDK Mission Control or jfr(1)"),
    CMDLINE(0, "the command line, its parts separated by NUL"),
    SYMBOL(0, "always 0: the profiles hold their symbols");

    private final int defaultSeconds;
    private final String help;

    ProfileKind(int defaultSeconds, String help) {
        this.defaultSeconds = defaultSeconds;
        this.help = help;
    }

    static Optional<ProfileKind> find(String name) {
        return Arrays.stream(values()).filter(kind -> kind.path().equals(name)).findFirst();
    }

    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    Duration defaultTime() {
        return Duration.ofSeconds(defaultSeconds);
    }

    /** Whether it watches for some time; the others show how things stand. */
    boolean takesTime() {
        return defaultSeconds > 0;
    }

    String help() {
        return help;
    }
}
