package dev.sluice.controller.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.kubetest.fake.FakeApi.Asked;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.GitRepository;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventRecorderTest {

    private static final GitRepository OBJECT = ToolkitJson.gson()
            .fromJson(
                    "{\"metadata\":{\"name\":\"one\",\"namespace\":\"apps\",\"uid\":\"u1\",\"resourceVersion\":\"5\"}}",
                    GitRepository.class);

    private volatile Instant now = Instant.parse("2026-07-01T10:00:00.123456Z");
    private final AtomicInteger version = new AtomicInteger();
    private final FakeApi api = new FakeApi(this::store);
    private final KubernetesEventSink sink =
            new KubernetesEventSink(new ApiRequests(api.client(), Duration.ofSeconds(30)), "source-watcher", "host-1");

    @BeforeEach
    void waitLong() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @Test
    void storesAnEventInTheFormatOfKubectlAndFlux() {
        try (EventRecorder recorder = recorder(sink)) {
            recorder.record(
                    OBJECT, EventType.WARNING, "Build", "BuildFailed", "no such path", Map.of("x/revision", "r1"));
            await().until(() -> api.requests().size() == 1);
        }

        Asked asked = api.requests().get(0);
        assertThat(asked).hasToString("POST /api/v1/namespaces/apps/events");
        JsonObject event = asked.json();
        String name = event.getAsJsonObject("metadata").remove("name").getAsString();
        assertThat(name).matches("one\\.[0-9a-f]{16}");
        assertThat(event).isEqualTo(JsonParser.parseString("""
                        {"apiVersion":"v1","kind":"Event","metadata":{"namespace":"apps","annotations":{"x/revision":"r1"}},
                         "involvedObject":{"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"GitRepository",
                           "namespace":"apps","name":"one","uid":"u1","resourceVersion":"5"},
                         "type":"Warning","reason":"BuildFailed","message":"no such path","count":1,
                         "source":{"component":"source-watcher"},"reportingComponent":"source-watcher",
                         "reportingInstance":"host-1","firstTimestamp":"2026-07-01T10:00:00.123456Z",
                         "lastTimestamp":"2026-07-01T10:00:00.123456Z"}"""));
    }

    /** Kubernetes limits the name of an event to the same length as any object name. */
    @Test
    void truncatesTheNameOfAnEventForALongObjectName() throws Exception {
        for (String name : List.of("n".repeat(253), "n".repeat(235) + "-".repeat(17) + "n", "n".repeat(236))) {
            GitRepository object = ToolkitJson.gson()
                    .fromJson(
                            "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"apps\"}}".formatted(name),
                            GitRepository.class);
            sink.send(ObjectEvent.about(object, EventType.WARNING, "Reconcile", "Bad", "why", now, Map.of()));
        }

        assertThat(api.requests())
                .hasSize(3)
                .allSatisfy(asked -> assertThat(asked.json()
                                .getAsJsonObject("metadata")
                                .get("name")
                                .getAsString())
                        .hasSizeLessThanOrEqualTo(253)
                        .matches("n+\\.[0-9a-f]{16}"));
    }

    @Test
    void aRepeatedEventIncrementsTheCount() throws Exception {
        sink.send(event(EventType.TRACE, "Ready", "no drift"));
        now = Instant.parse("2026-07-01T11:00:00Z");
        sink.send(event(EventType.TRACE, "Ready", "no drift"));
        sink.send(event(EventType.NORMAL, "Ready", "other"));

        assertThat(api.requests()).extracting(Asked::method).containsExactly("POST", "PUT", "POST");
        JsonObject second = api.requests().get(1).json();
        assertThat(second.get("count").getAsInt()).isEqualTo(2);
        assertThat(second.get("type").getAsString()).isEqualTo("Normal");
        assertThat(second.get("firstTimestamp").getAsString()).startsWith("2026-07-01T10:00:00");
        assertThat(second.get("lastTimestamp").getAsString()).startsWith("2026-07-01T11:00:00");
    }

    @Test
    void anExpiredEventIsCreatedAgain() throws Exception {
        sink.send(event(EventType.NORMAL, "Ready", "done"));
        api.handle(asked -> asked.method().equals("PUT") ? Answer.status(404, "expired") : store(asked));

        sink.send(event(EventType.NORMAL, "Ready", "done"));
        sink.send(event(EventType.NORMAL, "Ready", "done"));

        assertThat(api.requests()).extracting(Asked::method).containsExactly("POST", "PUT", "POST", "PUT", "POST");
        assertThat(api.requests().stream()
                        .filter(asked -> asked.method().equals("POST"))
                        .map(asked -> asked.json().getAsJsonObject("metadata").get("name"))
                        .distinct())
                .hasSize(3);
    }

    @Test
    void tracesNeverTakeTheSpaceOfWarnings() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<EventType> received = new CopyOnWriteArrayList<>();
        EventSink slow = event -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            received.add(event.type());
        };
        try (EventRecorder recorder = new EventRecorder(List.of(slow), 10, () -> now)) {
            for (int i = 0; i < 100; i++) {
                recorder.record(OBJECT, EventType.TRACE, "Ready", "no drift " + i);
            }
            recorder.record(OBJECT, EventType.WARNING, "BuildFailed", "no such path");
            release.countDown();

            await().until(() -> received.contains(EventType.WARNING));
            assertThat(received).hasSizeLessThan(10);
            assertThat(recorder.dropped()).isGreaterThan(90);
        }
    }

    @Test
    void aHangingSinkDoesNotDelayOthersAndDroppedEventsAreCounted() throws Exception {
        // the client's broadcaster has one thread for all sinks, and an unbounded queue
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        List<String> received = new CopyOnWriteArrayList<>();
        EventSink hanging = event -> {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (EventRecorder recorder =
                new EventRecorder(List.of(hanging, event -> received.add(event.message())), 3, () -> now)) {
            recorder.record(OBJECT, EventType.NORMAL, "Ready", "first");
            started.await();
            for (int i = 0; i < 5; i++) {
                int before = i + 1;
                recorder.record(OBJECT, EventType.NORMAL, "Ready", "message-" + i);
                await().until(() -> received.size() == before + 1);
            }

            assertThat(recorder.dropped()).isEqualTo(2);
            release.countDown();
        }
    }

    @Test
    void anUnacceptedEventIsNotARecovery() {
        List<EventType> received = new CopyOnWriteArrayList<>();
        EventSink normalOnly = new EventSink() {
            @Override
            public boolean accepts(ObjectEvent event) {
                return event.type() != EventType.TRACE;
            }

            @Override
            public void send(ObjectEvent event) throws IOException {
                received.add(event.type());
                throw new IOException("down");
            }
        };
        try (EventRecorder recorder = recorder(normalOnly)) {
            recorder.record(OBJECT, EventType.NORMAL, "Ready", "first");
            recorder.record(OBJECT, EventType.TRACE, "Ready", "no drift");
            recorder.record(OBJECT, EventType.NORMAL, "Ready", "second");
            await().until(() -> received.size() == 2);
            assertThat(received).containsOnly(EventType.NORMAL);
        }
    }

    @Test
    void aFailingSinkGetsTheNextEvent() {
        List<String> received = new CopyOnWriteArrayList<>();
        EventSink failing = event -> {
            received.add(event.message());
            if (received.size() == 1) {
                throw new IOException("down");
            } else if (received.size() == 2) {
                throw new IllegalStateException("bug");
            }
        };
        try (EventRecorder recorder = recorder(failing)) {
            for (int i = 1; i <= 3; i++) {
                recorder.record(OBJECT, EventType.NORMAL, "Ready", "message-" + i);
            }
            await().until(() -> received.size() == 3);
            assertThat(recorder.dropped()).isEqualTo(2);
        }
    }

    @Test
    void closeDeliversQueuedEvents() {
        List<String> received = new CopyOnWriteArrayList<>();
        EventRecorder recorder = recorder(event -> received.add(event.message()));
        for (int i = 0; i < 50; i++) {
            recorder.record(OBJECT, EventType.NORMAL, "Ready", "message-" + i);
        }

        recorder.close();
        recorder.record(OBJECT, EventType.NORMAL, "Ready", "too late");

        assertThat(received).hasSize(50);
        assertThat(recorder.dropped()).isEqualTo(1);
    }

    private EventRecorder recorder(EventSink sink) {
        return new EventRecorder(List.of(sink), 100, () -> now);
    }

    private ObjectEvent event(EventType type, String reason, String message) {
        return ObjectEvent.about(OBJECT, type, "Reconcile", reason, message, now, Map.of());
    }

    private Answer store(Asked asked) {
        JsonObject event = asked.json();
        event.getAsJsonObject("metadata").addProperty("resourceVersion", String.valueOf(version.incrementAndGet()));
        return Answer.ok(event.toString());
    }
}
