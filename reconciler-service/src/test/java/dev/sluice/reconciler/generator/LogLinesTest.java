package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunContext;
import dev.sluice.controller.queue.RunOutcome;
import dev.sluice.runtime.logging.FluxEncoder;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Every kind of line that a run writes at info, as the Flux CLI reads it and as text; the golden file is
 * {@code log-lines.txt}, what this build writes is left in {@code target/log-lines.txt}.
 */
@Timeout(120)
class LogLinesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ArtifactGenerator generator = Samples.generator("gen", "out");
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger ours = loggers.getLogger("dev.sluice");
    private final FluxEncoder json = new FluxEncoder();
    private final FluxEncoder console = new FluxEncoder();
    private final StringWriter lines = new StringWriter();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            for (FluxEncoder encoder : List.of(json, console)) {
                lines.append(normal(new String(encoder.encode(event), StandardCharsets.UTF_8)));
            }
        }
    };
    private final StatusReporter reporter = new StatusReporter(
            new StatusPlanner(Clock.systemUTC()),
            new NoWrites(),
            new RecentWrites<>(),
            new OutcomeEvents(new NoEvents()),
            new Requeue(interval -> interval));

    /** What a run does. */
    private interface Work {
        Result run() throws Exception;
    }

    @BeforeEach
    void listen() {
        console.setEncoding("console");
        for (FluxEncoder encoder : List.of(json, console)) {
            encoder.setContext(loggers);
            encoder.start();
        }
        appender.start();
        ours.setLevel(Level.INFO);
        ours.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        ours.detachAppender(appender);
        ours.setLevel(null);
    }

    @Test
    void everyKindOfLineIsAsItIsWrittenDown() throws Exception {
        runs("a change is found", () -> {
            reporter.markProgressing(generator, DriftReason.GENERATION_CHANGED);
            return Result.done();
        });
        runs("everything is published", () -> report(new Outcome.Ready(List.of(), "sha256:s", Changes.NONE)));
        runs("nothing had to be done", () -> report(new Outcome.UpToDate(3)));
        runs("paused", () -> report(new Outcome.Suspended(false)));
        runs(
                "a wait for a source",
                () -> report(Outcome.Retry.of(Reasons.SOURCE_FETCH_FAILED, "the host is down", Duration.ofSeconds(5))));
        runs("a failure", () -> report(Outcome.Retry.of(Reasons.BUILD_FAILED, "no such path", null)));
        runs("a failure for good", () -> report(new Outcome.Stalled(Reasons.BUILD_FAILED, "bad pattern")));
        runs("a defect", () -> {
            throw new IllegalStateException("bug", new IOException("disk full"));
        });
        runs("everything is gone", () -> report(new Outcome.Deleted()));

        Files.writeString(Path.of("target", "log-lines.txt"), lines.toString());
        assertThat(lines.toString()).isEqualTo(golden());
    }

    @Test
    void stackTracesComeWithDebugOnly() throws Exception {
        ours.setLevel(Level.DEBUG);
        runs("a defect", () -> {
            throw new IllegalStateException("bug");
        });

        assertThat(lines.toString()).contains("\"stacktrace\":\"java.lang.IllegalStateException: bug\\n\\tat ");
    }

    private Result report(Outcome outcome) throws IOException {
        return reporter.report(generator, outcome);
    }

    private void runs(String kind, Work work) {
        lines.append("## ").append(kind).append('\n');
        List<RunOutcome> outcomes = new CopyOnWriteArrayList<>();
        CountDownLatch once = new CountDownLatch(1);
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("artifactgenerator").withWorkers(1),
                new Once(work, once),
                () -> true,
                new ControllerListener() {
                    @Override
                    public void finished(RunOutcome outcome, Duration took) {
                        outcomes.add(outcome);
                    }
                });
        controller.start();
        controller.enqueue(generator.key());
        await().atMost(LIMIT).until(() -> !outcomes.isEmpty());
        controller.stop(LIMIT);
    }

    private static String normal(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d{4})", "TIME")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
    }

    private static String golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(LogLinesTest.class.getResourceAsStream("log-lines.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A reconciler that works in its first run and has nothing to do afterwards. */
    private record Once(Work work, CountDownLatch done) implements Reconciler<ObjectKey> {

        @Override
        public Result reconcile(ObjectKey key) throws Exception {
            if (done.getCount() == 0) {
                return Result.done();
            }
            done.countDown();
            return work.run();
        }

        @Override
        public Map<String, String> logFields(ObjectKey key) {
            return RunContext.fieldsOf(ArtifactGenerator.TYPE.kind(), key);
        }
    }

    private static final class NoWrites implements GeneratorWrites {

        @Override
        public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status) {
            return Optional.empty();
        }

        @Override
        public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) {
            return generator;
        }

        @Override
        public void removeFinalizer(ArtifactGenerator generator, String finalizer) {}
    }

    private static final class NoEvents implements GeneratorEvents {

        @Override
        public void warning(ArtifactGenerator generator, String reason, String message) {}

        @Override
        public void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> metadata) {}

        @Override
        public void trace(ArtifactGenerator generator, String reason, String message) {}
    }
}
