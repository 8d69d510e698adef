package dev.sluice.runtime.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes profiles of this process on request. Has no cost before the first request, which loads everything it needs.
 * Thread-safe.
 */
final class Profiles {

    private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);

    private static final Map<String, String> CPU =
            Map.of("jdk.ExecutionSample#enabled", "true", "jdk.ExecutionSample#period", "10 ms");
    private static final Map<String, String> ALLOCATIONS = Map.of(
            "jdk.ObjectAllocationSample#enabled", "true",
            "jdk.ObjectAllocationSample#throttle", "300/s",
            "jdk.ObjectAllocationSample#stackTrace", "true");
    private static final Map<String, String> MONITORS = Map.of(
            "jdk.JavaMonitorEnter#enabled", "true",
            "jdk.JavaMonitorEnter#stackTrace", "true",
            "jdk.JavaMonitorEnter#threshold", "1 ms");
    private static final Map<String, String> WAITS = Map.of(
            "jdk.JavaMonitorEnter#enabled", "true",
            "jdk.JavaMonitorEnter#stackTrace", "true",
            "jdk.JavaMonitorEnter#threshold", "1 ms",
            "jdk.ThreadPark#enabled", "true",
            "jdk.ThreadPark#stackTrace", "true",
            "jdk.ThreadPark#threshold", "1 ms");
    private static final Map<String, String> THREAD_STARTS =
            Map.of("jdk.ThreadStart#enabled", "true", "jdk.ThreadStart#stackTrace", "true");

    private final ProfileLock turn;
    private final LiveObjects liveObjects;
    private final ForcedCollections collections;

    Profiles(InstantSource clock, LiveObjects liveObjects, ForcedCollections collections) {
        this.turn = new ProfileLock(clock);
        this.liveObjects = liveObjects;
        this.collections = collections;
    }

    /**
     * Returns the index page. Tries to load the native library for heap profiles, to report whether it is available.
     */
    ProfileResponse index(String prefix) {
        return ProfileResponse.html(IndexPage.html(prefix, liveObjects.problem()));
    }

    /** Returns the profile with this name, or an error response. */
    ProfileResponse answer(String name, ProfileQuery query) {
        try {
            ProfileKind kind =
                    ProfileKind.find(name).orElseThrow(() -> ProfileException.notFound("no profile with this name"));
            if (kind == ProfileKind.CMDLINE || kind == ProfileKind.SYMBOL) {
                return snapshot(kind, query);
            }
            if (!kind.takesTime() || (kind == ProfileKind.HEAP && query.asText())) {
                // These pause all threads, the class histogram for a full garbage collection.
                return turn.take(kind, Duration.ZERO, () -> snapshot(kind, query));
            }
            Duration time = query.time(kind);
            LOG.atInfo()
                    .addKeyValue("profile", name)
                    .addKeyValue("seconds", time.toSeconds())
                    .log("profile requested");
            return turn.take(kind, time, () -> recorded(kind, time, query));
        } catch (ProfileException e) {
            return ProfileResponse.failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ProfileResponse.failure(ProfileException.conflict("the service is stopping"));
        }
    }

    private ProfileResponse snapshot(ProfileKind kind, ProfileQuery query) throws ProfileException {
        return switch (kind) {
            case HEAP -> ProfileResponse.text(collections.force(JvmText::classHistogram));
            case GOROUTINE ->
                query.asText() ? ProfileResponse.text(JvmText.threads()) : ProfileResponse.binary(ThreadStacks.now());
            case CMDLINE -> ProfileResponse.text(JvmText.commandLine());
            default -> ProfileResponse.text("num_symbols: 0\n");
        };
    }

    private ProfileResponse recorded(ProfileKind kind, Duration time, ProfileQuery query)
            throws ProfileException, InterruptedException {
        return switch (kind) {
            case HEAP -> heap(time, query);
            case ALLOCS -> allocations(time);
            case BLOCK -> PprofConversion.of(FlightRecording.take(WAITS, time), "--lock", "--total");
            case MUTEX -> PprofConversion.of(FlightRecording.take(MONITORS, time), "--lock", "--total");
            case THREADCREATE ->
                ProfileResponse.binary(ThreadStacks.started(FlightRecording.take(THREAD_STARTS, time)));
            case TRACE -> trace(time);
            default -> PprofConversion.of(FlightRecording.take(CPU, time));
        };
    }

    /** Falls back to allocations if async-profiler cannot be loaded; the index page reports this. */
    private ProfileResponse heap(Duration time, ProfileQuery query) throws ProfileException, InterruptedException {
        String problem = liveObjects.problem();
        if (problem == null) {
            return PprofConversion.of(recordLiveObjects(time, query), "--live");
        }
        LOG.atInfo()
                .addKeyValue("reason", problem)
                .log("heap profile shows allocations: live objects are not available");
        return allocations(time);
    }

    /**
     * Garbage is collected at the end of the recording, so a request for which that would be too early is refused
     * before it.
     */
    private Path recordLiveObjects(Duration time, ProfileQuery query) throws ProfileException, InterruptedException {
        if (!query.collectsGarbage()) {
            return liveObjects.record(time, () -> {});
        }
        collections.checkIn(time);
        return liveObjects.record(
                time,
                () -> collections.force(() -> {
                    System.gc();
                    return true;
                }));
    }

    private static ProfileResponse allocations(Duration time) throws ProfileException, InterruptedException {
        return PprofConversion.of(FlightRecording.take(ALLOCATIONS, time), "--alloc", "--total");
    }

    private static ProfileResponse trace(Duration time) throws ProfileException, InterruptedException {
        try {
            return ProfileResponse.fileOnce(FlightRecording.takeAll(time));
        } catch (IOException e) {
            throw ProfileException.unavailable("cannot read the recording: " + e.getMessage(), e);
        }
    }
}
