package dev.sluice.controller.source;

import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventSink;
import dev.sluice.controller.event.KubernetesEventSink;
import dev.sluice.controller.event.NotificationEventSink;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.informer.UnreadableObjectReporter;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.leader.LeadershipFence;
import dev.sluice.controller.leader.LeaseOptions;
import dev.sluice.controller.publish.StoredOrphans;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Connects and starts the parts of a source controller. */
final class ControllerStart {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int WAITING_EVENTS = 100;

    /**
     * What the controller is, independent of its settings.
     *
     * @param servesAsStandby whether a process that does not lead serves what is on the volume
     */
    record Plan(
            String name,
            List<SourceKind<?>> kinds,
            boolean servesAsStandby,
            @Nullable ControllerMeters meters) {

        Plan {
            kinds = List.copyOf(kinds);
        }

        Set<ApiKind> apiKinds() {
            return kinds.stream().map(kind -> kind.type().kind()).collect(Collectors.toUnmodifiableSet());
        }
    }

    private final Plan plan;
    private final ControllerConfig config;
    private final String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
    private final LeaderGate leads = new LeaderGate();

    /** Whether to serve. Set by the work, which starts after the server, because URLs contain the server's port. */
    private volatile BooleanSupplier serves = () -> false;

    private final ControllerCertificates certificates;

    /** Closed in reverse order if the start fails. */
    private final Deque<Closeable> opened = new ArrayDeque<>();

    ControllerStart(Plan plan, ControllerConfig config) {
        this.plan = plan;
        this.config = config;
        this.certificates = new ControllerCertificates(config.tls());
        opened.push(certificates);
    }

    RunningController start(Supplier<ApiClient> clients, Runnable onFailure) throws IOException {
        try {
            return startAll(clients, onFailure);
        } catch (IOException | RuntimeException | Error e) {
            closeOpened(e);
            throw e;
        }
    }

    private void closeOpened(Throwable failure) {
        for (Closeable each : opened) {
            try {
                each.close();
            } catch (IOException | RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private <C extends Closeable> C opened(C part) {
        opened.push(part);
        return part;
    }

    private RunningController startAll(Supplier<ApiClient> clients, Runnable onFailure) throws IOException {
        ApiClient client = fenced(clients.get());
        ApiRequests requests = new ApiRequests(client, REQUEST_TIMEOUT);
        EventRecorder events = new EventRecorder(sinks(requests), WAITING_EVENTS, CLOCK);
        opened(events::close);
        Informers informers = new Informers(client, InformerOptions.DEFAULT);
        opened(informers::close);
        BuildTools tools = opened(tools(requests));
        ArtifactServer server = ArtifactServer.open(serving());
        opened(server::close);
        Work work = work(advertising(server.address()), tools, events, informers, onFailure);
        serves = plan.servesAsStandby ? () -> true : work.leading();
        ProbeServer probes = openProbes(work);
        opened(probes::close);
        Optional<ProbeServer> metrics = openMetrics();
        metrics.ifPresent(own -> opened(own::close));
        Optional<LeaderElection> election = election(work.leading(), clients);
        informers.start();
        work.controllers().startPaused();
        election.ifPresentOrElse(LeaderElection::start, work.leading()::begin);
        return new RunningController(server, probes, metrics)
                .with(
                        work.controllers(),
                        work.leading(),
                        election,
                        new RunningController.Parts(informers, events, tools, certificates));
    }

    private BuildTools tools(ApiRequests requests) throws IOException {
        return BuildTools.of(
                requests,
                BuildTools.options(System.getenv(), certificates.access(), config.downloads()),
                BuildDirectories.open(Path.of(System.getProperty("java.io.tmpdir")), plan.name));
    }

    private Optional<LeaderElection> election(LeadingWork work, Supplier<ApiClient> clients) {
        if (!config.leaderElection()) {
            return Optional.empty();
        }
        Leadership measured = plan.meters == null ? work : plan.meters.measure(work, plan.name);
        LeaderElection election = new LeaderElection(clients.get(), lease(), measured);
        leads.follow(election::isLeader);
        return Optional.of(election);
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
            sinks.add(NotificationEventSink.to(config.addresses().events(), plan.name, host, certificates.events()));
        }
        return sinks;
    }

    private record Work(Controllers controllers, LeadingWork leading) {}

    /** The port is known only after the bind if the operating system chooses it. */
    private StorageOptions advertising(InetSocketAddress bound) {
        StorageConfig storage = config.storage();
        String address = storage.options().advertisedAddress().replaceFirst(":0(/?)$", ":" + bound.getPort() + "$1");
        return storage.withAdvertisedAddress(address).options();
    }

    private Work work(
            StorageOptions options, BuildTools tools, EventRecorder events, Informers informers, Runnable onFailure) {
        Path base = options.basePath();
        ArtifactStorage storage = new ArtifactStorage(options, CLOCK, leads::requireLead);
        KindStart.Shared shared = new KindStart.Shared(
                plan.name,
                config,
                plan.meters,
                storage,
                tools,
                events,
                informers,
                informers.add(
                        ExternalArtifact.TYPE,
                        Scope.all().inNamespace(config.namespace()).withLabels(OwnArtifacts.selector(plan.name))));
        StoredDirectories directories = new StoredDirectories(base, CLOCK, leads::requireLead);
        List<Controller<ObjectKey>> controllers = new ArrayList<>();
        List<LeadingWork.Preparation> preparations = new ArrayList<>();
        preparations.add(() -> VolumeIdentity.readOrCreate(base));
        for (SourceKind<?> kind : plan.kinds) {
            KindStart<?> start = new KindStart<>(kind, shared);
            controllers.add(start.controller());
            preparations.add(start.preparation(
                    new StoredOrphans(storage, directories, kind.type().kind().kind())));
        }
        if (plan.meters != null) {
            plan.meters.watch(informers, events);
        }
        Controllers all = new Controllers(controllers);
        UnreadableObjectReporter reporter =
                new UnreadableObjectReporter(informers, tools.requests(), events, plan.name, CLOCK, plan.apiKinds());
        return new Work(all, new LeadingWork(LeadingWork.Preparation.all(preparations), all, reporter, onFailure));
    }

    private ArtifactServerOptions serving() {
        ArtifactServerOptions plain = ArtifactServerOptions.of(
                        config.storage().options().basePath(), config.storage().bindAddress())
                .withGate(() -> serves.getAsBoolean());
        return certificates.server().map(plain::withTls).orElse(plain);
    }

    /** Not ready without usable certificates, which a standby checks, too: {@link ControllerCertificates#areUsable}. */
    private ProbeServer openProbes(Work work) throws IOException {
        BooleanSupplier ready = () -> certificates.areUsable() && serves.getAsBoolean();
        return ProbeServer.open(
                "health-addr",
                config.addresses().health(),
                Map.of(
                        "/healthz", () -> work.controllers().isWedged() ? Optional.empty() : Optional.of("ok"),
                        "/readyz", () -> ready.getAsBoolean() ? Optional.of("ok") : Optional.empty()));
    }

    private Optional<ProbeServer> openMetrics() throws IOException {
        ControllerMeters meters = plan.meters;
        if (meters == null) {
            return Optional.empty();
        }
        return Optional.of(ProbeServer.open(
                "metrics-addr", config.addresses().metrics(), Map.of("/metrics", () -> Optional.of(meters.scrape()))));
    }

    private LeaseOptions lease() {
        ObjectKey lease = new ObjectKey(config.ownNamespace(), plan.name);
        return LeaseOptions.of(lease, host + "_" + UUID.randomUUID());
    }
}
