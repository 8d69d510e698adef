package dev.sluice.reconciler;

import dev.sluice.artifact.config.ListenAddress;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.console.Console;
import dev.sluice.reconciler.console.ConsoleOptions;
import dev.sluice.reconciler.console.ConsoleServer;
import dev.sluice.reconciler.console.Glance;
import dev.sluice.reconciler.console.VisibleNamespaces;
import dev.sluice.reconciler.history.RunHistory;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.runtime.StartFailureException;
import dev.sluice.toolkit.meta.ObjectKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The web console and the history that it shows; neither exists unless the flag is set. */
@Configuration(proxyBeanMethods = false)
@Conditional(ConsoleConfiguration.Enabled.class)
class ConsoleConfiguration {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /** Whether the flag is set. */
    static final class Enabled implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment()
                    .getProperty("sluice.console-addr", "")
                    .isEmpty();
        }
    }

    @Bean
    RunHistory runHistory(Clock clock) {
        return new RunHistory(clock);
    }

    /** A client of its own, so that pages do not use up the rate limit of reconciliations. */
    private static ApiRequests requests(ReconcilerSettings settings, MeterRegistry registry) {
        try {
            return new ApiRequests(KubernetesConfiguration.newClient(settings, registry), REQUEST_TIMEOUT);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up the client of the console", e);
        }
    }

    @Bean
    ConsoleServer console(
            GeneratorInformers informers,
            MeterRegistry registry,
            RunHistory history,
            LeaderGate gate,
            ArtifactStorage storage,
            SourceCache sources,
            ProcessBudget budget,
            Path scratchDirectory,
            VolumeMaintenance maintenance,
            ReconcilerSettings settings,
            Clock clock) {
        Glance glance = new Glance(
                settings.enableLeaderElection(),
                gate,
                lease(settings),
                sources.stats(),
                maintenance::stats,
                settings.storagePath());
        Console.Parts parts = new Console.Parts(
                informers,
                requests(settings, registry),
                history,
                storage,
                sources,
                budget,
                scratchDirectory,
                new AccessRules(
                        ControllerConfiguration.defaultServiceAccount(settings),
                        settings.noCrossNamespaceRefs(),
                        WatchedNamespace.of(settings, System.getenv())),
                glance,
                clock);
        return Console.assemble(parts, options(settings));
    }

    private static ObjectKey lease(ReconcilerSettings settings) {
        try {
            String namespace = LeaderLease.namespace(System.getenv(), ControllerConfiguration.SERVICE_ACCOUNT);
            return new ObjectKey(namespace, LeaderLease.name(settings.watchLabelSelector()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the namespace of the lease", e);
        }
    }

    static ConsoleOptions options(ReconcilerSettings settings) {
        return new ConsoleOptions(
                ListenAddress.parse(settings.consoleAddr()), settings.consoleContents(), namespaces(settings));
    }

    static VisibleNamespaces namespaces(ReconcilerSettings settings) {
        try {
            return VisibleNamespaces.parse(settings.consoleNamespaces());
        } catch (IllegalArgumentException e) {
            throw new StartFailureException("--console-namespaces: " + e.getMessage(), e);
        }
    }
}
