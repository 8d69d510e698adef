package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventType;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.GitRepository;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Every log line of a run carries its ID, whichever thread writes it. */
class RunIdTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.sluice.controller");
    private final Logger reconcilers = (Logger) LoggerFactory.getLogger("dev.sluice.controller.test.reconciler");
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            lines.add(event);
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        ours.setLevel(Level.TRACE);
        ours.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        ours.detachAppender(appender);
        ours.setLevel(null);
    }

    @Test
    void linesOfReconcilerWorkerAndEventThreadCarryTheSameId() {
        GitRepository object = ToolkitJson.gson()
                .fromJson("{\"metadata\":{\"name\":\"one\",\"namespace\":\"apps\"}}", GitRepository.class);
        EventRecorder recorder = new EventRecorder(
                List.of(event -> {
                    throw new IOException("receiver is down");
                }),
                10,
                Instant::now);
        Reconciler<String> reconciler = new Reconciler<>() {
            @Override
            public Result reconcile(String key) throws IOException {
                reconcilers.info("working");
                recorder.record(object, EventType.WARNING, "Failed", "m");
                throw new IOException("disk full");
            }

            @Override
            public Map<String, String> logFields(String key) {
                return Map.of("name", key);
            }
        };
        ControllerOptions options = ControllerOptions.named("test").withWorkers(1);
        Controller<String> controller = new Controller<>(options, reconciler, () -> true, ControllerListener.NONE);
        controller.start();
        controller.enqueue("one");
        await().atMost(LIMIT)
                .until(() ->
                        List.of("working", "Reconciler error", "reconciliation ended", "event not delivered").stream()
                                .allMatch(message -> lines.stream()
                                        .anyMatch(line -> line.getMessage().equals(message))));
        controller.stop(Duration.ZERO);
        recorder.close();

        List<ILoggingEvent> ofTheRun = lines.stream()
                .filter(line -> line.getMDCPropertyMap().containsKey(RunId.FIELD))
                .toList();
        assertThat(ofTheRun)
                .extracting(ILoggingEvent::getMessage)
                .contains("working", "Reconciler error", "reconciliation ended", "event not delivered");
        assertThat(ofTheRun).extracting(ILoggingEvent::getThreadName).contains("events-other", "test-worker-1");
        assertThat(ofTheRun.stream()
                        .map(line -> line.getMDCPropertyMap().get(RunId.FIELD))
                        .distinct())
                .singleElement()
                .asString()
                .hasSize(36);
        assertThat(ofTheRun)
                .allMatch(line -> "one".equals(line.getMDCPropertyMap().get("name")));
    }
}
