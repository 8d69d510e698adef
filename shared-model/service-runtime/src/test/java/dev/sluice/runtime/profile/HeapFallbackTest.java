package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.Service;
import dev.sluice.runtime.logging.GoldenLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import one.profiler.AsyncProfiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The heap profile if async-profiler's library cannot be loaded. */
@Timeout(60)
class HeapFallbackTest {

    private static final AtomicReference<byte[]> LAST = new AtomicReference<>();

    private record Platform(String name, Throwable problem, String shown) {

        AsyncProfiler load() {
            if (problem instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) problem;
        }

        Profiles profiles() {
            return new Profiles(
                    InstantSource.system(), new LiveObjects(this::load), new ForcedCollections(System::nanoTime));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Platform> platforms() {
        return Stream.of(
                new Platform(
                        "a temporary directory without executables",
                        new UnsatisfiedLinkError("failed to map <segment>"),
                        "UnsatisfiedLinkError: failed to map &lt;segment&gt;"),
                new Platform(
                        "a platform without a library in the jar",
                        new IllegalStateException("Unsupported platform"),
                        "IllegalStateException: Unsupported platform"));
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void theIndexReportsWhyHeapShowsAllocations(Platform platform) throws IOException {
        assertThat(text(platform.profiles().index("")))
                .contains("heap shows allocations instead of live objects", platform.shown());
    }

    @Test
    void heapShowsAllocations() throws IOException, InterruptedException {
        Profiles profiles = platforms().findFirst().orElseThrow().profiles();
        Thread allocating = new Thread(HeapFallbackTest::allocate, "allocating");
        allocating.start();
        try (GoldenLines lines = new GoldenLines(Service.class, "dev.sluice.runtime.profile", "INFO")) {
            ProfileResponse answer = profiles.answer("heap", new ProfileQuery(1, null, 1));
            lines.section("a heap profile without async-profiler");

            assertThat(answer.status()).isEqualTo(200);
            Pprof profile = Pprof.read(answer.body().getContentAsByteArray());
            assertThat(profile.samples()).isPositive();
            assertThat(profile.strings()).anyMatch(name -> name.contains("HeapFallbackTest.allocate"));
        } finally {
            allocating.interrupt();
            allocating.join(30_000);
        }
    }

    @Test
    void theClassHistogramDoesNotNeedTheLibrary() throws IOException {
        Profiles profiles = platforms().findFirst().orElseThrow().profiles();

        assertThat(text(profiles.answer("heap", new ProfileQuery(null, 1, null))))
                .contains("java.lang.String");
    }

    private static void allocate() {
        while (!Thread.currentThread().isInterrupted()) {
            LAST.set(new byte[20_000]);
        }
    }

    private static String text(ProfileResponse answer) throws IOException {
        return answer.body().getContentAsString(StandardCharsets.UTF_8);
    }
}
