package dev.sluice.reconciler;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.FetchTimeouts;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventSink;
import dev.sluice.controller.event.KubernetesEventSink;
import dev.sluice.controller.event.NotificationEventSink;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.UnreadableObjectReporter;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.leader.LeaseOptions;
import dev.sluice.controller.metrics.ControllerMetrics;
import dev.sluice.controller.metrics.LeaderMetrics;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.generator.GeneratorController;
import dev.sluice.reconciler.generator.GeneratorOptions;
import dev.sluice.reconciler.namespaces.NamespaceOptions;
import dev.sluice.reconciler.publish.ServedArtifactVerifier;
import dev.sluice.reconciler.publish.ServedCheck;
import dev.sluice.reconciler.publish.VolumeReserve;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.runtime.StartFailureException;
import dev.sluice.runtime.flag.FeatureGates;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.KubernetesNames;
import dev.sluice.toolkit.meta.ObjectKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The controller and its lifecycle. */
@Configuration(proxyBeanMethods = false)
class ControllerConfiguration {

    private static final int EVENTS_WAITING = 1_000;
    static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    @Bean(destroyMethod = "close")
    EventRecorder eventRecorder(ApiRequests requests, ReconcilerSettings settings, ClientTls tls, Clock clock) {
        String instance = System.getenv().getOrDefault("HOSTNAME", "localhost");
        List<EventSink> sinks = new ArrayList<>();
        sinks.add(new KubernetesEventSink(requests, GeneratorController.NAME, instance));
        if (!settings.eventsAddr().isEmpty()) {
            sinks.add(notificationSink(settings.eventsAddr(), instance, tls.events()));
        }
        return new EventRecorder(sinks, EVENTS_WAITING, clock);
    }

    private static EventSink notificationSink(String address, String instance, TlsSource tls) {
        try {
            return NotificationEventSink.to(address, GeneratorController.NAME, instance, tls);
        } catch (IllegalArgumentException e) {
            throw new StartFailureException("--events-addr: " + e.getMessage(), e);
        }
    }

    @Bean
    GeneratorController.Parts parts(
            ApiRequests requests,
            GeneratorInformers informers,
            ArtifactStorage storage,
            VerifiedFiles verified,
            SourceCache sources,
            ProcessBudget budget,
            Path scratchDirectory,
            VolumeReserve reserve,
            ReconcilerSettings settings,
            EventRecorder events,
            GeneratorController.Measures measures,
            KeyLocks locks,
            FetchAccess access,
            Clock clock) {
        return new GeneratorController.Parts(
                requests,
                informers,
                storage,
                verified,
                sources,
                budget,
                scratchDirectory,
                settings.sourceMaxEntries(),
                reserve,
                new RecordedEvents(events),
                servedCheck(settings, access),
                measures,
                locks,
                clock);
    }

    static ServedCheck servedCheck(ReconcilerSettings settings, FetchAccess access) {
        ServedArtifactVerifier.Limits limits = ServedArtifactVerifier.Limits.DEFAULT;
        FetchOptions options = FetchOptions.fromEnvironment(System.getenv())
                .withAccess(access)
                .withTimeouts(
                        new FetchTimeouts(limits.standstill(), limits.standstill(), settings.reconciliationTimeout()));
        return settings.verifyServed()
                ? new ServedArtifactVerifier(new ArtifactFetcher(options), limits)
                : ServedCheck.NONE;
    }

    @Bean
    ControllerOptions controllerOptions(ReconcilerSettings settings) {
        return ControllerOptions.named("artifactgenerator")
                .withWorkers(settings.concurrent())
                .withTimeout(settings.reconciliationTimeout())
                .withBackOff(new BackOffOptions(settings.minRetryDelay(), settings.maxRetryDelay(), 0));
    }

    static GeneratorOptions generatorOptions(ReconcilerSettings settings, ControllerOptions controller) {
        return new GeneratorOptions(
                controller,
                settings.requeueDependency(),
                settings.progressDelay(),
                settings.intervalJitterPercentage(),
                settings.noCrossNamespaceRefs(),
                FeatureGates.parse(settings.featureGates()).enabled(ReconcilerFlags.DIRECT_SOURCE_FETCH, false),
                WatchedNamespace.of(settings, System.getenv()),
                defaultServiceAccount(settings),
                namespaceOptions(settings));
    }

    static String defaultServiceAccount(ReconcilerSettings settings) {
        String account = settings.defaultServiceAccount();
        if (!account.isEmpty() && !KubernetesNames.isSubdomain(account)) {
            throw new StartFailureException("--default-service-account: '%s' is not a valid name: it must have %s"
                    .formatted(account, KubernetesNames.SUBDOMAIN_RULE));
        }
        return account;
    }

    private static NamespaceOptions namespaceOptions(ReconcilerSettings settings) {
        try {
            return new NamespaceOptions(
                    settings.protectedNamespaces(),
                    LeaderLease.namespace(System.getenv(), SERVICE_ACCOUNT),
                    Arrays.stream(settings.overrideManager().split(",", -1))
                            .filter(manager -> !manager.isEmpty())
                            .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the controller's namespace", e);
        }
    }

    @Bean
    Controller<ObjectKey> generatorController(
            GeneratorController.Parts parts,
            ReconcilerSettings settings,
            ControllerOptions controller,
            ControllerMetrics metrics) {
        Controller<ObjectKey> assembled =
                GeneratorController.assemble(parts, generatorOptions(settings, controller), metrics);
        metrics.watch(assembled::stats);
        return assembled;
    }

    /** Reports unreadable generators to their owners. The controller never reconciles them, so no run could. */
    @Bean(destroyMethod = "")
    UnreadableObjectReporter unreadableObjectReporter(
            Informers informers, ApiRequests requests, EventRecorder events, Clock clock) {
        return new UnreadableObjectReporter(
                informers, requests, events, GeneratorController.NAME, clock, Set.of(ArtifactGenerator.TYPE.kind()));
    }

    @Bean
    ReconcilerLifecycle reconcilerLifecycle(
            Informers informers,
            Controller<ObjectKey> controller,
            VolumeMaintenance maintenance,
            UnreadableObjectReporter reporter,
            ReconcilerSettings settings,
            LeaderGate gate,
            MeterRegistry registry) {
        return new ReconcilerLifecycle(
                informers,
                controller,
                maintenance,
                reporter,
                settings.storagePath(),
                leadership -> election(settings, leadership, gate, registry));
    }

    private static Optional<LeaderElection> election(
            ReconcilerSettings settings, Leadership leadership, LeaderGate gate, MeterRegistry registry) {
        if (!settings.enableLeaderElection()) {
            return Optional.empty();
        }
        try {
            LeaseOptions lease = LeaderLease.of(settings, System.getenv(), SERVICE_ACCOUNT);
            LeaderElection election = new LeaderElection(
                    KubernetesConfiguration.newClient(settings, registry),
                    lease,
                    new LeaderMetrics(leadership, registry, lease.lease().name()));
            gate.follow(election::isLeader);
            return Optional.of(election);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up leader election", e);
        }
    }
}
