package dev.sluice.controller.source;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A controller that builds an artifact from each object of a kind, and publishes it as an ExternalArtifact of the same
 * name. It watches the objects, calls the builder, stores and serves the files, and writes the status, the events and a
 * finalizer. Before it serves, it verifies what is stored and removes what no object has any more. With leader election,
 * only the leader does so.
 *
 * <p>Immutable; each {@code with} method returns a copy.
 *
 * @param <T> the type of the objects; its status should have {@code conditions}, {@code observedGeneration} and {@code
 *     lastHandledReconcileAt}
 */
public final class ExternalArtifactController<T extends ToolkitObject<?, ?>> {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalArtifactController.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final SourceKind<T> kind;
    private final ControllerStart.Plan plan;

    /** @param plan its first kind is this one */
    private ExternalArtifactController(SourceKind<T> kind, ControllerStart.Plan plan) {
        this.kind = kind;
        this.plan = plan;
    }

    /**
     * Defines a controller.
     *
     * @param type a namespaced kind with a group of its own, other than ExternalArtifact
     * @param name name of the controller: its field manager, the label {@code app.kubernetes.io/managed-by} of its
     *     ExternalArtifacts, its Lease, and the last part of its finalizer. It must not change. At most 63 lower-case
     *     letters, digits, {@code -} and {@code .}; the first and the last are letters or digits
     * @throws IllegalArgumentException if the name or the kind cannot be used
     */
    public static <T extends ToolkitObject<?, ?>> ExternalArtifactController<T> of(
            ApiType<T, ?> type, String name, ContentBuilder<? super T> builder) {
        ControllerNames.require(name, type.kind());
        SourceOptions<T> options =
                new SourceOptions<>(object -> INTERVAL, ToolkitObject::key, object -> false, BackOffOptions.DEFAULT);
        SourceKind<T> kind = new SourceKind<>(type, builder, options);
        return new ExternalArtifactController<>(kind, new ControllerStart.Plan(name, List.of(kind), false, null));
    }

    /**
     * Adds another kind. All kinds share storage, server, Lease and settings; each has its own queue and options. Only
     * the kind, the builder and the options of the other controller are used.
     *
     * @throws IllegalArgumentException if two kinds have the same name; names it
     */
    public ExternalArtifactController<T> and(ExternalArtifactController<?> other) {
        List<SourceKind<?>> kinds = new ArrayList<>(plan.kinds());
        kinds.addAll(other.plan.kinds());
        ControllerNames.requireDistinct(
                kinds.stream().map(each -> each.type().kind()).toList());
        return new ExternalArtifactController<>(
                kind, new ControllerStart.Plan(plan.name(), kinds, plan.servesAsStandby(), plan.meters()));
    }

    /** Builds an object again after this time; every ten minutes by default. At least one second. */
    public ExternalArtifactController<T> withInterval(Function<? super T, Duration> interval) {
        SourceOptions<T> options = kind.options();
        return with(new SourceOptions<>(interval, options.target(), options.suspended(), options.backOff()));
    }

    /**
     * Publishes to an ExternalArtifact of another name or namespace; that of the object by default. If the target of an
     * object changes, the former ExternalArtifact is deleted; the annotation {@code <name>.sluice.dev/targets} of the
     * object has those in other namespaces.
     */
    public ExternalArtifactController<T> withTarget(Function<? super T, ObjectKey> target) {
        SourceOptions<T> options = kind.options();
        return with(new SourceOptions<>(options.interval(), target, options.suspended(), options.backOff()));
    }

    /** Leaves objects alone while this is true, except for their deletion; never by default. */
    public ExternalArtifactController<T> withSuspended(Predicate<? super T> suspended) {
        SourceOptions<T> options = kind.options();
        return with(new SourceOptions<>(options.interval(), options.target(), suspended, options.backOff()));
    }

    /** Changes the delays after failures; Flux's by default. */
    public ExternalArtifactController<T> withBackOff(BackOffOptions backOff) {
        SourceOptions<T> options = kind.options();
        return with(new SourceOptions<>(options.interval(), options.target(), options.suspended(), backOff));
    }

    /**
     * Serves in processes that do not lead too, what is on the volume. Only for a volume that all of them share; by
     * default, only the leader serves, and only it is ready.
     */
    public ExternalArtifactController<T> servingAsStandby() {
        return new ExternalArtifactController<>(
                kind, new ControllerStart.Plan(plan.name(), plan.kinds(), true, plan.meters()));
    }

    /** Measures the controller and serves {@code /metrics}; without metrics by default. */
    public ExternalArtifactController<T> withMeters(ControllerMeters meters) {
        return new ExternalArtifactController<>(
                kind, new ControllerStart.Plan(plan.name(), plan.kinds(), plan.servesAsStandby(), meters));
    }

    private ExternalArtifactController<T> with(SourceOptions<T> options) {
        SourceKind<T> changed = new SourceKind<>(kind.type(), kind.builder(), options);
        List<SourceKind<?>> kinds = new ArrayList<>(plan.kinds());
        kinds.set(0, changed);
        return new ExternalArtifactController<>(
                changed, new ControllerStart.Plan(plan.name(), kinds, plan.servesAsStandby(), plan.meters()));
    }

    /**
     * Starts the controller and returns. Its threads do not keep the JVM alive, so a program ends when its
     * {@code main} fails: wait with {@link RunningController#await}, or use {@link #run(String...)}.
     *
     * @param clients creates clients of the API server: one for the controller, one for the lease; {@link
     *     StandardClient#create}, if the program has no other
     * @param onFailure called when the lease was lost, or the leader's work cannot start, for example because the volume
     *     cannot be read: end the process. Called in a thread of its own, so that {@code System.exit} need not wait for
     *     those of the controller
     * @throws IOException if an address is in use, or {@code java.io.tmpdir} cannot be written; nothing is left running
     */
    public RunningController start(ControllerConfig config, Supplier<ApiClient> clients, Runnable onFailure)
            throws IOException {
        return new ControllerStart(plan, config)
                .start(clients, () -> DaemonThreads.create("failed", onFailure).start());
    }

    /** Runs with the flags of {@link ControllerConfig} until the process is terminated: {@link #run(ControllerConfig)}. */
    public void run(String... arguments) {
        ControllerConfig config;
        try {
            config = ControllerConfig.parse(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        run(config);
    }

    /**
     * Runs until the process is terminated, then ends within seconds: running builds are interrupted, running downloads
     * finish. The client is that of {@code KUBECONFIG}, {@code ~/.kube/config} or the pod's account. If the controller
     * cannot start, or loses the lease, the process exits with status 1.
     */
    public void run(ControllerConfig config) {
        try {
            RunningController running = start(config, StandardClient::create, () -> System.exit(FAILED));
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
            running.await();
        } catch (IOException | RuntimeException e) {
            StartReport.cannotStart(LOG, null, String.valueOf(e.getMessage()));
            System.exit(FAILED);
        } catch (InterruptedException e) {
            System.exit(FAILED);
        }
    }
}
