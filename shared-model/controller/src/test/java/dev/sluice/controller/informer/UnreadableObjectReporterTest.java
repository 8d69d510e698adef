package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventSink;
import dev.sluice.controller.event.ObjectEvent;
import dev.sluice.controller.queue.FakeTicker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.UnreadableObject;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often owners are notified if many objects cannot be read and change often. */
class UnreadableObjectReporterTest {

    private static final ApiKind KIND = GitRepository.TYPE.kind();

    private final FakeTicker ticker = new FakeTicker();
    private final List<UnreadableObject> unreadable = new ArrayList<>();
    private final List<ObjectEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> patches = new CopyOnWriteArrayList<>();
    private volatile int patchAnswer = 200;
    private volatile int generation = 1;
    private volatile CountDownLatch patchMayEnd = new CountDownLatch(0);
    private HttpServer api;
    private EventRecorder recorder;
    private UnreadableObjectReporter notices;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
        ApiClient client = new ApiClient(new OkHttpClient())
                .setBasePath("http://127.0.0.1:" + api.getAddress().getPort());
        EventSink sink = events::add;
        recorder = new EventRecorder(List.of(sink), 1_000, Clock.systemUTC());
        notices = new UnreadableObjectReporter(
                kind -> List.copyOf(unreadable),
                recorder,
                new UnreadableStatus(new ApiRequests(client, Duration.ofSeconds(30)), "test", Clock.systemUTC()),
                Set.of(KIND),
                ticker);
    }

    @AfterEach
    void stop() {
        recorder.close();
        api.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean patch = exchange.getRequestMethod().equals("PATCH");
        if (patch) {
            patches.add(exchange.getRequestURI().getPath());
            awaitPermission();
        }
        byte[] body = "{\"metadata\":{\"uid\":\"u\",\"generation\":%d,\"resourceVersion\":\"%d\"},\"message\":\"no\"}"
                .formatted(generation, 100 + patches.size())
                .getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(patch ? patchAnswer : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitPermission() throws IOException {
        try {
            patchMayEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server ends");
        }
    }

    @Test
    void reportsAFewAtATimeInTurnByNamespace() {
        for (int i = 0; i < 30; i++) {
            unreadable.add(object("loud", "o" + i, "1", "why"));
        }
        unreadable.add(object("quiet", "mine", "1", "why"));

        notices.pass();

        assertThat(patches).hasSize(UnreadableObjectReporter.MAX_PER_PASS).anyMatch(path -> path.contains("quiet"));
        awaitEvents(UnreadableObjectReporter.MAX_PER_PASS);
        for (int i = 0; i < 10; i++) {
            notices.pass();
        }
        assertThat(patches).hasSize(31);
    }

    @Test
    void doesNotRepeatAReportWhenTheObjectChanges() {
        for (int version = 1; version <= 20; version++) {
            unreadable.clear();
            unreadable.add(object("apps", "bad", String.valueOf(version), version + " bytes are too many"));
            notices.pass();
            ticker.advance(UnreadableObjectReporter.MIN_INTERVAL);
        }

        assertThat(patches).hasSize(1);
        awaitEvents(1);
    }

    @Test
    void reportsAnotherSpecOrReasonAtMostOnceAMinute() {
        unreadable.add(object("apps", "bad", "1", "why"));
        notices.pass();
        unreadable.set(0, object("apps", "bad", "2", "other"));
        notices.pass();
        assertThat(patches).hasSize(1);

        ticker.advance(UnreadableObjectReporter.MIN_INTERVAL);
        notices.pass();
        assertThat(patches).hasSize(2);

        generation = 2;
        unreadable.set(0, object("apps", "bad", "3", "other"));
        ticker.advance(UnreadableObjectReporter.MIN_INTERVAL);
        notices.pass();
        assertThat(patches).hasSize(3);
        awaitEvents(3);
    }

    @Test
    void retriesAConflictButNotARefusal() {
        unreadable.add(object("apps", "bad", "1", "why"));
        patchAnswer = 409;
        notices.pass();
        ticker.advance(UnreadableObjectReporter.MIN_INTERVAL);
        patchAnswer = 422;
        notices.pass();
        ticker.advance(UnreadableObjectReporter.MIN_INTERVAL);
        unreadable.set(0, object("apps", "bad", "2", "why"));
        notices.pass();

        assertThat(patches).hasSize(2);
        awaitEvents(1);
    }

    @Test
    @Timeout(60)
    void aLeaderThatEndsWaitsForNoWriteAndBeginsNone() throws InterruptedException {
        for (int i = 0; i < UnreadableObjectReporter.MAX_PER_PASS; i++) {
            unreadable.add(object("apps", "bad" + i, "1", "why"));
        }
        patchMayEnd = new CountDownLatch(1);
        notices.start();
        await().until(() -> !patches.isEmpty());

        notices.close(); // the timeout fails it when it waits for the patch

        patchMayEnd.countDown();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("unreadable-object-reporter")));
        assertThat(patches).hasSize(1);
    }

    private void awaitEvents(int count) {
        await().until(() -> events.size() >= count);
        assertThat(events).hasSize(count);
    }

    private static UnreadableObject object(String namespace, String name, String version, String reason) {
        return new UnreadableObject(new ObjectKey(namespace, name), "", version, reason);
    }
}
