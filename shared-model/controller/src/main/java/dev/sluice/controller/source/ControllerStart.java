package dev.sluice.controller.source;

import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventSink;
import dev.sluice.controller.event.KubernetesEventSink;
import dev.sluice.controller.event.NotificationEventSink;
import dev.sluice.controller.informer.ChangeFilter;
import dev.sluice.controller.informer.ChangeHandler;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.leader.LeadershipFence;
import dev.sluice.controller.leader.LeaseOptions;
import dev.sluice.controller.object.FinalizerStep;
import dev.sluice.controller.object.ObjectWriter;
import dev.sluice.controller.object.StatusWriter;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.publish.StoredOrphans;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connects and starts the parts of a source controller. */
final class ControllerStart<T extends ToolkitObject<?, ?>> {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int WAITING_EVENTS = 100;
    private static final String BY_SOURCE = "source";

    /** What the controller is, independent of its settings. */
    record Plan<T extends ToolkitObject<?, ?>>(
            ApiType<T, ?> type,
            String name,
            ContentBuilder<? super T> builder,
            SourceOptions<T> options,
            @Nullable ControllerMeters meters) {}

    private final Plan<T> plan;
    private final ControllerConfig config;
    private final String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
    private final LeaderGate leads = new LeaderGate();
    private final RecentWrites<ExternalArtifact> recentWrites = new RecentWrites<>();

    ControllerStart(Plan<T> plan, ControllerConfig config) {
        this.plan = plan;
        this.config = config;
    }

    RunningController start(Supplier<ApiClient> clients, Runnable onFailure) throws IOException {
        ApiClient client = fenced(clients.get());
        ApiRequests requests = new ApiRequests(client, REQUEST_TIMEOUT);
        EventRecorder events = new EventRecorder(sinks(requests), WAITING_EVENTS, CLOCK);
        Informers informers = new Informers(client, InformerOptions.DEFAULT);
        Parts<T> parts = parts(requests, events, informers);
        LeadingWork work = new LeadingWork(parts.preparation(), parts.controller(), onFailure);
        ArtifactServer server = ArtifactServer.open(serving(work));
        ProbeServer probes = openProbes(parts.controller(), work, server, events);
        Optional<ProbeServer> metrics = openMetrics(server, probes, events);
        Leadership measured = plan.meters == null ? work : plan.meters.measure(work, plan.name);
        Optional<LeaderElection> election = config.leaderElection()
                ? Optional.of(new LeaderElection(clients.get(), lease(), measured))
                : Optional.empty();
        election.ifPresent(own -> leads.follow(own::isLeader));
        informers.start();
        parts.controller().pause(Duration.ZERO);
        parts.controller().start();
        election.ifPresentOrElse(LeaderElection::start, work::begin);
        return new RunningController(server, probes, parts.controller()).with(informers, events, election, metrics);
    }

    /** Rejects all writes of a process that was paused and is no longer the leader. */
    private ApiClient fenced(ApiClient client) {
        client.setHttpClient(client.getHttpClient()
                .newBuilder()
                .addNetworkInterceptor(new LeadershipFence(leads))
                .build());
        if (plan.meters != null) {
            plan.meters.measure(client);
        }
        return client;
    }

    private List<EventSink> sinks(ApiRequests requests) {
        List<EventSink> sinks = new ArrayList<>();
        sinks.add(new KubernetesEventSink(requests, plan.name, host));
        if (!config.addresses().events().isEmpty()) {
            sinks.add(NotificationEventSink.to(config.addresses().events(), plan.name, host));
        }
        return sinks;
    }

    /** The parts that depend on each other. */
    private record Parts<T extends ToolkitObject<?, ?>>(
            Controller<ObjectKey> controller, StartupPreparation<T> preparation) {}

    private Parts<T> parts(ApiRequests requests, EventRecorder events, Informers informers) {
        Path base = config.storage().options().basePath();
        ArtifactStorage storage = new ArtifactStorage(config.storage().options(), CLOCK, leads::requireLead);
        String kind = plan.type.kind().kind();
        StoredContent stored = new StoredContent(storage, new VerifiedFiles(storage, CLOCK), kind);
        OwnArtifacts artifacts = new OwnArtifacts(
                requests,
                new ExternalArtifactPublisher(requests, PublisherOptions.named(plan.name), CLOCK),
                plan.name,
                plan.type.kind(),
                recentWrites);
        StoredDirectories directories = new StoredDirectories(base, CLOCK, leads::requireLead);
        StartupPreparation<T> preparation = new StartupPreparation<>(
                requests,
                plan.type,
                config.namespace(),
                base,
                stored,
                artifacts,
                new StoredOrphans(storage, directories, kind));
        Controller<ObjectKey> controller = controller(requests, events, informers, stored, artifacts);
        return new Parts<>(controller, preparation);
    }

    private Controller<ObjectKey> controller(
            ApiRequests requests,
            EventRecorder events,
            Informers informers,
            StoredContent stored,
            OwnArtifacts artifacts) {
        Scope scope = Scope.all().inNamespace(config.namespace());
        SharedIndexInformer<T> objects = informers.add(plan.type, scope);
        SharedIndexInformer<ExternalArtifact> published =
                informers.add(ExternalArtifact.TYPE, scope.withLabels(OwnArtifacts.selector(plan.name)));
        published.addIndexers(Map.of(
                BY_SOURCE,
                artifact -> artifacts.sourceOf(artifact).map(ObjectKey::toString).stream()
                        .toList()));
        Reconciler<ObjectKey> reconciler = reconciler(requests, events, stored, artifacts, published);
        ControllerOptions options = ControllerOptions.named(
                        plan.type.kind().kind().toLowerCase(Locale.ROOT))
                .withWorkers(config.concurrent())
                .withBackOff(plan.options.backOff());
        ControllerListener listener = plan.meters == null ? ControllerListener.NONE : plan.meters.listener(options);
        if (plan.meters != null) {
            reconciler = plan.meters.measure(
                    reconciler, plan.type.kind(), key -> objects.getIndexer().getByKey(key.toString()) != null);
        }
        Controller<ObjectKey> controller = new Controller<>(options, reconciler, informers::hasSynced, listener);
        objects.addEventHandler(ChangeHandler.enqueuing(controller, triggers()));
        published.addEventHandler(
                new ChangeHandler<>((before, after) -> artifactChanged(before, after, artifacts, controller)));
        if (plan.meters != null) {
            plan.meters.watch(listener, controller::stats, informers, events);
        }
        return controller;
    }

    /** A suspension may be an annotation or a label, which does not change the generation. */
    private ChangeFilter<T> triggers() {
        return ChangeFilter.<T>reconcile()
                .or((before, after) -> plan.options.suspended().test(before)
                        && !plan.options.suspended().test(after));
    }

    /** Reacts to an artifact of ours that somebody else has changed or deleted. */
    private void artifactChanged(
            @Nullable ExternalArtifact before,
            @Nullable ExternalArtifact after,
            OwnArtifacts artifacts,
            Controller<ObjectKey> controller) {
        if (after == null && before != null) {
            recentWrites.gone(before);
            artifacts.sourceOf(before).ifPresent(controller::enqueue);
        } else if (before != null && after != null && !recentWrites.covers(after)) {
            artifacts.sourceOf(before).ifPresent(controller::enqueue);
        }
        if (after != null) {
            recentWrites.caughtUp(after);
        }
    }

    private Reconciler<ObjectKey> reconciler(
            ApiRequests requests,
            EventRecorder events,
            StoredContent stored,
            OwnArtifacts artifacts,
            SharedIndexInformer<ExternalArtifact> published) {
        ObjectWriter<T> writer = new ObjectWriter<>(requests, plan.type, plan.name);
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        return new ArtifactReconciler<>(
                new ArtifactReconciler.Steps<>(
                        requests,
                        plan.type,
                        plan.options,
                        new BuildStep<>(plan.builder, stored, requests, scratch),
                        new FinalizerStep<>(writer, plan.type.kind().group() + "/" + plan.name),
                        stored,
                        artifacts,
                        new OutcomeReporter<>(plan.type.kind(), new StatusWriter<>(writer, plan.type, CLOCK), events),
                        key -> published.getIndexer().byIndex(BY_SOURCE, key.toString())),
                config.noCrossNamespaceRefs());
    }

    private ArtifactServerOptions serving(LeadingWork work) {
        ArtifactServerOptions always = ArtifactServerOptions.of(
                config.storage().options().basePath(), config.storage().bindAddress());
        return plan.options.servesAsStandby() ? always : always.withGate(work);
    }

    private ProbeServer openProbes(
            Controller<ObjectKey> controller, LeadingWork work, ArtifactServer server, EventRecorder events)
            throws IOException {
        BooleanSupplier ready = plan.options.servesAsStandby() ? () -> true : work;
        try {
            return ProbeServer.open(
                    "health-addr",
                    config.addresses().health(),
                    Map.of(
                            "/healthz", () -> controller.isWedged() ? Optional.empty() : Optional.of("ok"),
                            "/readyz", () -> ready.getAsBoolean() ? Optional.of("ok") : Optional.empty()));
        } catch (IOException e) {
            server.close();
            events.close();
            throw e;
        }
    }

    private Optional<ProbeServer> openMetrics(ArtifactServer server, ProbeServer probes, EventRecorder events)
            throws IOException {
        ControllerMeters meters = plan.meters;
        if (meters == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ProbeServer.open(
                    "metrics-addr",
                    config.addresses().metrics(),
                    Map.of("/metrics", () -> Optional.of(meters.scrape()))));
        } catch (IOException e) {
            probes.close();
            server.close();
            events.close();
            throw e;
        }
    }

    private LeaseOptions lease() {
        ObjectKey lease = new ObjectKey(config.ownNamespace(), plan.name);
        return LeaseOptions.of(lease, host + "_" + UUID.randomUUID());
    }
}
