package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** Profiles of this process over HTTP, as operators take them. */
@Timeout(180)
class PprofIT {

    private static final Thread BUSY = new Thread(PprofIT::work, "busy");
    private static ProfiledService service;
    private static volatile boolean stop;
    private static final LongAdder SINK = new LongAdder();

    /** About three times the duration of one round of work: profiles need samples, not a whole processor. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    @TempDir
    private Path temporary;

    @BeforeAll
    static void start() {
        service = ProfiledService.start();
        BUSY.setDaemon(true);
        BUSY.start();
    }

    @AfterAll
    static void stop() {
        stop = true;
        service.close();
    }

    /** Computes, allocates, retains some memory and starts threads. */
    private static void work() {
        Deque<byte[]> kept = new ArrayDeque<>();
        while (!stop) {
            LockSupport.parkNanos(PAUSE.toNanos());
            for (int i = 0; i < 250; i++) {
                SINK.add(burn(i));
            }
            kept.addLast(new byte[20_000]);
            if (kept.size() > 500) {
                kept.removeFirst();
            }
            if (kept.size() % 50 == 0) {
                startOne();
            }
        }
    }

    private static void startOne() {
        new Thread(SINK::increment, "short-lived").start();
    }

    private static int burn(int seed) {
        int value = seed;
        for (int i = 0; i < 2_000; i++) {
            value = value * 31 + i;
        }
        return value;
    }

    @Test
    void theIndexLinksToEveryProfileAtBothPaths() {
        for (String path : new String[] {"/debug/pprof/", "/actuator/pprof"}) {
            HttpResponse<byte[]> answer = service.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
            for (ProfileKind kind : ProfileKind.values()) {
                assertThat(text(answer)).contains(kind.path(), kind.help());
            }
        }
        assertThat(text(service.get("/debug/pprof/"))).contains("href=\"profile?seconds=30\"");
        assertThat(text(service.get("/actuator/pprof"))).contains("href=\"pprof/profile?seconds=30\"");
        assertThat(service.get("/debug/pprof").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/debug/pprof/"));
    }

    @Test
    void theCpuProfileContainsBusyMethods() throws IOException {
        Pprof profile = Pprof.read(ok("/actuator/pprof/profile?seconds=1"));

        assertThat(profile.samples()).isPositive();
        assertThat(profile.strings()).anyMatch(name -> name.contains("PprofIT.burn") || name.contains("PprofIT.work"));
    }

    @Test
    void theHeapProfileContainsAllocatingMethods() throws IOException {
        Pprof profile = Pprof.read(afterAPause("/debug/pprof/heap?seconds=1&gc=1"));

        assertThat(profile.samples()).isPositive();
        assertThat(profile.strings()).anyMatch(name -> name.contains("PprofIT.work"));
        assertThat(profile.strings()).anyMatch(name -> name.contains("byte[]"));
    }

    @Test
    void profilesAllocationsAndThreadStarts() throws IOException {
        assertThat(Pprof.read(ok("/debug/pprof/allocs?seconds=1")).strings())
                .anyMatch(name -> name.contains("PprofIT.work"));
        assertThat(Pprof.read(ok("/debug/pprof/threadcreate?seconds=1")).strings())
                .anyMatch(name -> name.contains("PprofIT.startOne"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "mutex"})
    void profilesWaits(String name) throws IOException {
        assertThat(Pprof.read(ok("/debug/pprof/" + name + "?seconds=1")).strings())
                .isNotEmpty();
    }

    @Test
    void returnsThreadsAsProfileAndText() throws IOException {
        assertThat(Pprof.read(ok("/debug/pprof/goroutine")).strings()).contains("thread busy");
        assertThat(text(service.get("/debug/pprof/goroutine?debug=2"))).contains("\"busy\"", "at java.");
        assertThat(text(service.get("/debug/pprof/goroutine?debug=1"))).contains("\"busy\"");
        assertThat(new String(afterAPause("/debug/pprof/heap?debug=1"), StandardCharsets.UTF_8))
                .contains("java.lang.String");
    }

    @Test
    void theTraceIsAFlightRecording() throws IOException {
        Path file = Files.write(temporary.resolve("trace.jfr"), ok("/debug/pprof/trace?seconds=1"));

        try (RecordingFile recording = new RecordingFile(file)) {
            assertThat(recording.hasMoreEvents()).isTrue();
            assertThat(recording.readEvent().getEventType().getName()).startsWith("jdk.");
        }
    }

    @Test
    void symbolsAndCommandLineMatchGo() {
        assertThat(text(service.get("/debug/pprof/symbol"))).isEqualTo("num_symbols: 0\n");
        assertThat(text(service.post("/debug/pprof/symbol", "0x1"))).isEqualTo("num_symbols: 0\n");
        assertThat(text(service.get("/debug/pprof/cmdline"))).startsWith("java\0");
    }

    @Test
    void takesOneProfileAtATimeEvenIfAClientDisconnects() {
        Deque<CompletableFuture<HttpResponse<byte[]>>> first = new ArrayDeque<>(List.of(begun()));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            if (first.element().isDone()) {
                first.push(begun()); // arrived while one of those below was running
            }
            HttpResponse<byte[]> second = service.get("/debug/pprof/goroutine");
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(text(second))
                    .matches("(?s)the profile \"profile\" is running and ends in about [123] s; retry then.*");
        });
        first.element().cancel(true);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.get("/debug/pprof/goroutine").statusCode() == 200);
    }

    private static CompletableFuture<HttpResponse<byte[]>> begun() {
        return service.begin("/debug/pprof/profile?seconds=2");
    }

    @Test
    void theIndexIsWellFormed() throws Exception {
        Document page = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(ok("/debug/pprof/")));
        assertThat(page.getDocumentElement().getTagName()).isEqualTo("html");
        assertThat(page.getElementsByTagName("a").getLength()).isGreaterThan(ProfileKind.values().length);
    }

    @Test
    void unknownProfilesAreNotFound() {
        assertThat(service.get("/debug/pprof/nothing").statusCode()).isEqualTo(404);
        assertThat(service.get("/debug/pprof/profile?seconds=soon").statusCode())
                .isEqualTo(400);
    }

    @Test
    void goReadsTheProfiles() throws Exception {
        for (String name : new String[] {"profile?seconds=1", "heap?seconds=1"}) {
            Process go = goTool(service.uri("/debug/pprof/" + name).toString());
            String output = new String(go.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(go.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("Type:", "flat%", "PprofIT");
            assertThat(go.exitValue()).isZero();
        }
    }

    private Process goTool(String url) {
        ProcessBuilder builder = new ProcessBuilder("go", "tool", "pprof", "-top", "-nodecount=400", url);
        builder.environment().put("PPROF_TMPDIR", temporary.toString());
        try {
            return builder.redirectError(temporary.resolve("go.log").toFile()).start();
        } catch (IOException noGo) {
            System.out.println("PprofIT: Go is not installed: its tool is not tested");
            Assumptions.abort("no Go here");
            throw new IllegalStateException(noGo);
        }
    }

    /** Retries, because garbage is collected on request at most once in ten seconds. */
    private static byte[] afterAPause(String path) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> service.get(path), answer -> answer.statusCode() == 200)
                .body();
    }

    private static byte[] ok(String path) {
        HttpResponse<byte[]> answer = service.get(path);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        return answer.body();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
