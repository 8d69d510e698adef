package dev.sluice.examples.release;

import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.KubernetesEventSink;
import dev.sluice.controller.informer.ChangeHandler;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.leader.LeadershipFence;
import dev.sluice.controller.leader.LeaseOptions;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.reconcile.PublishedArtifacts;
import dev.sluice.examples.release.reconcile.ReleaseReconciler;
import dev.sluice.examples.release.reconcile.StartupVerification;
import dev.sluice.examples.release.upstream.ReleaseVerifier;
import dev.sluice.examples.release.upstream.Upstreams;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Connects, starts and stops all parts. */
final class ReleaseController implements AutoCloseable {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_GRACE = Duration.ofSeconds(6);
    private static final int WAITING_EVENTS = 100;

    /**
     * The parameters of a controller.
     *
     * @param verifier such as {@link Upstreams#verifier}
     * @param clients creates clients of the API server: one for the controller, one for the lease
     * @param onFailure ends the process
     */
    record Start(
            ControllerSettings settings,
            Function<Upstreams, ReleaseVerifier> verifier,
            Supplier<ApiClient> clients,
            Runnable onFailure) {}

    private final Informers informers;
    private final Controller<ObjectKey> controller;
    private final ArtifactServer server;
    private final EventRecorder events;
    private final Optional<LeaderElection> election;

    private ReleaseController(
            Informers informers,
            Controller<ObjectKey> controller,
            ArtifactServer server,
            EventRecorder events,
            Optional<LeaderElection> election) {
        this.informers = informers;
        this.controller = controller;
        this.server = server;
        this.events = events;
        this.election = election;
    }

    static ReleaseController start(Start start) throws IOException {
        ControllerSettings settings = start.settings();
        // region storage
        LeaderGate leads = new LeaderGate();
        ArtifactStorage storage = new ArtifactStorage(settings.storage().options(), CLOCK, leads::requireLead);
        // endregion
        ApiClient client = fenced(start.clients().get(), leads);
        ApiRequests requests = new ApiRequests(client, REQUEST_TIMEOUT);
        EventRecorder events = new EventRecorder(
                List.of(new KubernetesEventSink(requests, PublishedArtifacts.MANAGER, host())), WAITING_EVENTS, CLOCK);
        Informers informers = new Informers(client, InformerOptions.DEFAULT);
        Controller<ObjectKey> controller = controller(start, informers, requests, storage, events);
        LeadingWork work = new LeadingWork(() -> prepare(settings, storage, requests), controller, start.onFailure());
        // region serve
        ArtifactServer server = ArtifactServer.open(ArtifactServerOptions.of(
                        settings.storage().options().basePath(),
                        settings.storage().bindAddress())
                .withGate(work));
        // endregion
        Optional<LeaderElection> election = settings.leaderElection()
                ? Optional.of(new LeaderElection(start.clients().get(), lease(settings), work))
                : Optional.empty();
        election.ifPresent(own -> leads.follow(own::isLeader));
        informers.start();
        controller.pause(Duration.ZERO);
        controller.start();
        election.ifPresentOrElse(LeaderElection::start, work::begin);
        return new ReleaseController(informers, controller, server, events, election);
    }

    private static Controller<ObjectKey> controller(
            Start start, Informers informers, ApiRequests requests, ArtifactStorage storage, EventRecorder events) {
        ControllerSettings settings = start.settings();
        Scope scope = Scope.all().inNamespace(settings.namespace());
        SharedIndexInformer<ProjectRelease> releases = informers.add(ProjectRelease.TYPE, scope);
        SharedIndexInformer<ExternalArtifact> artifacts =
                informers.add(ExternalArtifact.TYPE, scope.withLabels(PublishedArtifacts.SELECTOR));
        Upstreams upstreams = new Upstreams(requests, settings.fetch(), Path.of(System.getProperty("java.io.tmpdir")));
        ReleaseReconciler reconciler = new ReleaseReconciler(new ReleaseReconciler.Parts(
                requests,
                upstreams,
                start.verifier().apply(upstreams),
                storage,
                events,
                settings.noCrossNamespaceRefs(),
                CLOCK));
        ControllerOptions options = ControllerOptions.named("projectrelease")
                .withWorkers(settings.concurrent())
                .withBackOff(settings.backOff());
        Controller<ObjectKey> controller =
                new Controller<>(options, reconciler, informers::hasSynced, ControllerListener.NONE);
        Triggers triggers = new Triggers(controller::enqueue);
        releases.addEventHandler(new ChangeHandler<>(triggers::releaseChanged));
        artifacts.addEventHandler(new ChangeHandler<>(triggers::artifactChanged));
        return controller;
    }

    // region prepare
    private static void prepare(ControllerSettings settings, ArtifactStorage storage, ApiRequests requests)
            throws IOException {
        VolumeIdentity.readOrCreate(settings.storage().options().basePath());
        new StartupVerification(storage).run(new PublishedArtifacts(requests, CLOCK).all(settings.namespace()));
    }
    // endregion

    /** Rejects all writes of a process that was paused and is no longer the leader. */
    private static ApiClient fenced(ApiClient client, BooleanSupplier leads) {
        client.setHttpClient(client.getHttpClient()
                .newBuilder()
                .addNetworkInterceptor(new LeadershipFence(leads))
                .build());
        return client;
    }

    private static LeaseOptions lease(ControllerSettings settings) {
        ObjectKey lease = new ObjectKey(settings.ownNamespace(), PublishedArtifacts.MANAGER);
        return LeaseOptions.of(lease, host() + "_" + UUID.randomUUID());
    }

    private static String host() {
        return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }

    /** The address of the file server. */
    InetSocketAddress address() {
        return server.address();
    }

    /** Waits a few seconds for running reconciliations and downloads. */
    @Override
    public void close() {
        election.ifPresent(own -> own.close(STOP_GRACE));
        controller.stop(election.isPresent() ? Duration.ZERO : STOP_GRACE);
        server.close();
        informers.close();
        events.close();
    }
}
