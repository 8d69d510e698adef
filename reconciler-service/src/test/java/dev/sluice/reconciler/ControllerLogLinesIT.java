package dev.sluice.reconciler;

import static org.awaitility.Awaitility.await;

import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventSink;
import dev.sluice.controller.event.EventType;
import dev.sluice.controller.event.EventWithheldException;
import dev.sluice.controller.event.ObjectEvent;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.leader.LeaseOptions;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunContext;
import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compares the log of lease, caches, events and queue with the golden lines. */
@Timeout(120)
class ControllerLogLinesIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectKey LEASE = new ObjectKey("default", "source-watcher-leader-election");
    private static final ObjectKey KEY = new ObjectKey("apps", "gen");

    private KubeApi api;

    @BeforeEach
    void start() throws IOException {
        ToolkitJson.install();
        api = KubeApi.start(KubeApiOptions.defaults());
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
    }

    @Test
    void logsTheLeaseLifecycle() {
        Work before = new Work();
        LeaderElection warmUp = election(patient("warm-up"), before);
        await().atMost(LIMIT).until(before.begun::get);
        warmUp.close(LIMIT);
        try (GoldenLines lines = new GoldenLines(getClass(), "dev.sluice.controller.leader", "INFO")) {
            LeaderElection first = election(hasty("first"), new Work());
            lines.awaitSection("the lease is acquired", "became leader");
            api.faults().stopListening();
            lines.awaitSection("the lease cannot be renewed", "cannot renew");
            lines.awaitSection("the lease is lost", "lost the lease");
            first.close(LIMIT);
            LeaderElection next = election(patient("next"), new Work());
            lines.awaitSection("a candidate cannot acquire the lease", "cannot acquire");
            api.faults().startListening();
            lines.awaitSection("the lease is acquired after an outage", "became leader");
            next.close(LIMIT);
            lines.awaitSection("the lease is released", "released the lease");

            Work broken = new Work();
            broken.fails.set(true);
            LeaderElection second = election(hasty("second"), broken);
            lines.awaitSection("a leader cannot start its work", "leader election failed");
            lines.awaitSection("it starts after the failure is resolved", "became leader");
            second.close(LIMIT);
            lines.take();

            Work healthy = new Work();
            LeaderElection last = election(patient("last"), healthy);
            await().atMost(LIMIT).until(healthy.begun::get);
            lines.take();
            api.faults().stopListening();
            last.close(LIMIT);
            lines.awaitSection("the lease cannot be released", "cannot release");
        }
    }

    @Test
    void logsAnApiOutageInTwoLines() throws Exception {
        Cluster cluster = new Cluster(client());
        cluster.installCrds();
        InformerOptions options = new InformerOptions(
                LIMIT, LIMIT, new BackOffOptions(Duration.ofMillis(20), Duration.ofMillis(200), 0), 500);
        try (Informers informers = new Informers(client(), options);
                GoldenLines lines = new GoldenLines(getClass(), "dev.sluice.controller.informer", "INFO")) {
            informers.add(GitRepository.TYPE, Scope.all());
            informers.start();
            await().atMost(LIMIT).until(informers::hasSynced);
            await().atMost(LIMIT).until(() -> api.faults().openWatches() == 1);
            api.faults().closeWatches("/");
            await().atMost(LIMIT).until(() -> api.faults().openWatches() == 1);
            lines.section("a watch ends normally");
            api.faults().stopListening();
            lines.awaitSection("the caches lose their connection", "cannot list or watch");
            api.faults().startListening();
            lines.awaitSection("the caches reconnect", "watch re-established");
        }
    }

    @Test
    void logsAFailingAndRecoveringEventSink() {
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        EventSink sink = new EventSink() {
            @Override
            public void send(ObjectEvent event) throws IOException {
                IOException now = failure.get();
                if (now != null) {
                    throw now;
                }
            }

            @Override
            public String name() {
                return "notification";
            }
        };
        ArtifactGenerator generator = new ArtifactGenerator(
                new V1ObjectMeta().namespace("apps").name("gen"),
                new ArtifactGeneratorSpec(List.of(), List.of(), null, null));
        try (EventRecorder events = new EventRecorder(List.of(sink), 10, Clock.systemUTC());
                GoldenLines lines = new GoldenLines(getClass(), "dev.sluice.controller.event", "INFO");
                RunContext run = RunContext.open(ArtifactGenerator.TYPE.kind(), KEY)) {
            failure.set(new IOException("HTTP 500", new IOException("the socket was closed")));
            events.record(generator, EventType.WARNING, run.key().name(), "first");
            events.record(generator, EventType.WARNING, "BuildFailed", "second");
            await().atMost(LIMIT).until(() -> events.dropped() == 2);
            lines.section("events are not delivered");
            failure.set(new EventWithheldException("25 events in five minutes"));
            events.record(generator, EventType.WARNING, "BuildFailed", "third");
            await().atMost(LIMIT).until(() -> events.dropped() == 3);
            failure.set(null);
            events.record(generator, EventType.WARNING, "BuildFailed", "fourth");
            lines.awaitSection("events are delivered again", "delivery recovered");
        }
    }

    @Test
    void logsAbandonedRunsAndFailingListeners() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        AtomicBoolean asked = new AtomicBoolean();
        ControllerListener listener = new ControllerListener() {
            @Override
            public void added() {
                throw new IllegalStateException("a meter is broken");
            }
        };
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("artifactgenerator").withWorkers(1),
                new Runs(began),
                () -> {
                    if (asked.compareAndSet(false, true)) {
                        throw new IllegalStateException("no caches");
                    }
                    return true;
                },
                listener);
        try (GoldenLines lines = new GoldenLines(getClass(), "dev.sluice.controller.queue", "INFO")) {
            controller.enqueue(KEY);
            lines.section("a queue listener fails");
            controller.start();
            began.await();
            lines.section("the state of the caches is unknown");
            controller.stop(Duration.ZERO);
            lines.awaitSection("the process stops during a reconciliation", "controller listener failed");
        }
    }

    @Test
    void logsARunThatTimesOut() {
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("artifactgenerator").withWorkers(1).withTimeout(Duration.ofMillis(50)),
                new Runs(new CountDownLatch(1)),
                () -> true,
                new ControllerListener() {});
        try (GoldenLines lines = new GoldenLines(getClass(), "dev.sluice.controller.queue", "INFO")) {
            controller.start();
            controller.enqueue(KEY);
            lines.awaitSection("a run times out", "timed out");
            controller.stop(LIMIT);
        }
    }

    /** Loses its lease quickly; the request timeout is the retry period of a second. */
    private static LeaseOptions hasty(String identity) {
        return new LeaseOptions(LEASE, identity, Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    /** Is closed before a renewal is due; its requests do not time out on a slow machine. */
    private static LeaseOptions patient(String identity) {
        return LeaseOptions.of(LEASE, identity);
    }

    private LeaderElection election(LeaseOptions options, Leadership work) {
        LeaderElection election = new LeaderElection(client(), options, work);
        election.start();
        return election;
    }

    private ApiClient client() {
        return new ApiClient(new OkHttpClient()).setBasePath(api.url().toString());
    }

    /** Fails to start while configured to, and records its start. */
    private static final class Work implements Leadership {

        final AtomicBoolean begun = new AtomicBoolean();
        final AtomicBoolean fails = new AtomicBoolean();

        @Override
        public void begin() {
            begun.set(true);
            if (fails.compareAndSet(true, false)) {
                throw new IllegalStateException("cannot use the volume '/data'", new IOException("read-only"));
            }
        }

        @Override
        public boolean end(Duration limit) {
            return true;
        }

        @Override
        public void lost() {}
    }

    /** Waits until it is interrupted. */
    private record Runs(CountDownLatch began) implements Reconciler<ObjectKey> {

        @Override
        public Result reconcile(ObjectKey key) throws InterruptedException {
            began.countDown();
            new CountDownLatch(1).await();
            return Result.done();
        }

        @Override
        public Map<String, String> logFields(ObjectKey key) {
            return RunContext.fieldsOf(ArtifactGenerator.TYPE.kind(), key);
        }
    }
}
