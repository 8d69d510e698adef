package dev.sluice.runtime.profile;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The available profiles, with the names of Go's pprof. */
enum ProfileKind {
    PROFILE(30, "CPU time of running threads"),
    HEAP(
            10,
            "live objects: allocated during the given seconds and still alive at their end; gc=1 collects garbage first, "
                    + "debug=1 returns a class histogram of the whole heap as text"),
    ALLOCS(10, "allocations, including objects already collected"),
    GOROUTINE(0, "stacks of all threads; debug=2 returns a thread dump with locks as text"),
    BLOCK(10, "waits for locks and other threads"),
    MUTEX(10, "waits for monitors (synchronized)"),
    THREADCREATE(10, "stacks that started threads"),
    TRACE(10, "a Flight Recorder file for JDK Mission Control or jfr(1)"),
    CMDLINE(0, "the command line, separated by NUL"),
    SYMBOL(0, "always 0: the profiles contain their symbols");

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

    /** Whether the profile covers a period of time; others show the current state. */
    boolean takesTime() {
        return defaultSeconds > 0;
    }

    String help() {
        return help;
    }
}
