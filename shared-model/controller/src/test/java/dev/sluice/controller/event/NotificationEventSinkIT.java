package dev.sluice.controller.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.GitRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class NotificationEventSinkIT {

    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00.987654Z");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void postsAnEventInTheFormatOfTheReceiver() throws IOException {
        try (EventReceiver receiver = new EventReceiver(202)) {
            sink(receiver.address()).send(event(EventType.WARNING, "no such path", Map.of("x/revision", "r1")));

            assertThat(receiver.received()).singleElement().satisfies(post -> {
                assertThat(post.path()).isEqualTo("/");
                assertThat(post.contentType()).isEqualTo("application/json");
                assertThat(post.json()).isEqualTo(JsonParser.parseString("""
                                {"involvedObject":{"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"GitRepository",
                                   "namespace":"apps","name":"one","uid":"u1","resourceVersion":"5"},
                                 "severity":"error","timestamp":"2026-07-01T10:00:00Z","message":"no such path",
                                 "action":"Build",
                                 "reason":"BuildFailed",
                                 "metadata":{"x/revision":"r1","event.toolkit.fluxcd.io/team":"blue"},
                                 "reportingController":"source-watcher","reportingInstance":"host-1"}"""));
            });
        }
    }

    @Test
    void sendsNormalEventsAsInfoAndNoTraces() throws IOException {
        try (EventReceiver receiver = new EventReceiver(202)) {
            NotificationEventSink sink = sink(receiver.address());
            assertThat(sink.accepts(event(EventType.TRACE, "looked", Map.of()))).isFalse();
            assertThat(sink.accepts(event(EventType.NORMAL, "done", Map.of()))).isTrue();
            sink.send(event(EventType.NORMAL, "done", Map.of()));

            assertThat(receiver.received())
                    .extracting(post -> post.json().get("severity").getAsString())
                    .containsExactly("info");
        }
    }

    record Exchange(String name, List<Integer> answers, int requests, boolean delivered) {

        /** Long if a response is expected, so that a slow machine does not fail the test. */
        Duration requestLimit() {
            return isSilent()
                    ? Duration.ofMillis(300)
                    : answers.contains(EventReceiver.SILENCE) ? Duration.ofSeconds(2) : LIMIT;
        }

        boolean isSilent() {
            return answers.equals(List.of(EventReceiver.SILENCE));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Exchange> exchanges() {
        return Stream.of(
                new Exchange("accepted", List.of(202), 1, true),
                new Exchange("ok", List.of(200), 1, true),
                new Exchange("a duplicate is delivered", List.of(429), 1, true),
                new Exchange("bad request", List.of(400), 1, false),
                new Exchange("too large", List.of(413), 1, false),
                new Exchange("not implemented", List.of(501), 1, false),
                new Exchange("a redirect is not followed", List.of(302), 1, false),
                new Exchange("comes back", List.of(500, 503, 202), 3, true),
                new Exchange("the last attempt succeeds", List.of(500, 500, 500, 500, 202), 5, true),
                new Exchange("the receiver stays unavailable", List.of(503), 5, false),
                new Exchange("one attempt times out", List.of(EventReceiver.SILENCE, 202), 2, true),
                new Exchange("all attempts time out", List.of(EventReceiver.SILENCE), 5, false));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void retriesOnlyRetryableFailures(Exchange exchange) throws IOException {
        try (EventReceiver receiver = new EventReceiver(exchange.answers.toArray(Integer[]::new))) {
            NotificationEventSink sink = sink(receiver.address(), exchange.requestLimit());
            if (exchange.delivered) {
                assertThatCode(() -> sink.send(event(EventType.NORMAL, "m", Map.of())))
                        .doesNotThrowAnyException();
            } else {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> sink.send(event(EventType.NORMAL, "m", Map.of())))
                        .withMessageContaining("cannot post the event to 127.0.0.1:");
            }
            assertThat(pauses).hasSize(exchange.requests - 1);
            if (exchange.isSilent()) {
                // on a busy machine, an attempt can time out before the receiver has read it
                assertThat(receiver.received()).hasSizeBetween(1, exchange.requests);
            } else {
                assertThat(receiver.received()).hasSize(exchange.requests);
            }
        }
    }

    @Test
    void backsOffWhileTheReceiverIsUnreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        NotificationEventSink sink = sink("http://user:hidden@127.0.0.1:" + port + "/?token=hidden");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> sink.send(event(EventType.NORMAL, "m", Map.of())))
                .withMessageContaining("gave up after 4 retries")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden"));
        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void sendsTheCredentialsOfItsAddress() throws IOException {
        try (EventReceiver receiver = new EventReceiver(202)) {
            sink(receiver.address().replace("//", "//user:pass@")).send(event(EventType.NORMAL, "m", Map.of()));

            assertThat(receiver.received().get(0).authorization()).isEqualTo("Basic dXNlcjpwYXNz");
        }
    }

    @Test
    void respectsTheLimitsOfTheReceiver() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("x/long", "ä".repeat(NotificationBody.MAX_BYTES));
        facts.put("x/revision", "r1");
        try (EventReceiver receiver = new EventReceiver(202)) {
            sink(receiver.address()).send(event(EventType.NORMAL, "\uD83D\uDE80".repeat(50_000), facts));

            EventReceiver.Received post = receiver.received().get(0);
            String message = post.json().get("message").getAsString();
            assertThat(message.codePointCount(0, message.length())).isEqualTo(ObjectEvent.MAX_MESSAGE);
            assertThat(message).endsWith("\uD83D\uDE80…");
            assertThat(post.json().getAsJsonObject("metadata").keySet())
                    .containsExactly("x/revision", "event.toolkit.fluxcd.io/team");
        }
    }

    @Test
    void aHangingReceiverDoesNotBlockTheCaller() throws IOException {
        try (EventReceiver receiver = new EventReceiver(EventReceiver.SILENCE)) {
            EventRecorder recorder =
                    new EventRecorder(List.of(sink(receiver.address(), Duration.ofMillis(20))), 10, () -> NOW);
            long begun = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                recorder.record(object(), EventType.NORMAL, "Ready", "message " + i);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);

            await().atMost(LIMIT).until(() -> recorder.droppedBySink().getOrDefault("notification", 0L) >= 989);
            recorder.close();
        }
    }

    @Test
    void refusesAnInvalidUrlWithoutQuotingIt() {
        for (String address : List.of("notification-controller", "ftp://user:hidden@host/", "http://")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NotificationEventSink.to(address, "c", "i"))
                    .withMessageContaining("http://HOST/")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden"));
        }
    }

    private NotificationEventSink sink(String address) {
        return sink(address, LIMIT);
    }

    private NotificationEventSink sink(String address, Duration requestLimit) {
        return new NotificationEventSink(
                address,
                new NotificationBody("source-watcher", "host-1"),
                requestLimit,
                Collections.synchronizedList(pauses)::add,
                ReloadingTls.of(TlsFiles.none()));
    }

    private static ObjectEvent event(EventType type, String message, Map<String, String> facts) {
        return ObjectEvent.about(object(), type, "Build", "BuildFailed", message, NOW, facts);
    }

    private static GitRepository object() {
        return ToolkitJson.gson().fromJson("""
                        {"metadata":{"name":"one","namespace":"apps","uid":"u1","resourceVersion":"5",
                          "annotations":{"event.toolkit.fluxcd.io/team":"blue","other/key":"kept back"}}}""", GitRepository.class);
    }
}
