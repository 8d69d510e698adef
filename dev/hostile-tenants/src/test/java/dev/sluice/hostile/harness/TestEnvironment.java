package dev.sluice.hostile.harness;

import com.google.gson.JsonObject;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.TestedApi;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An API server, both services, a source host and the victim. The tests of this JVM share one environment for each
 * combination of API server and profile; the services exit with the JVM.
 */
public final class TestEnvironment {

    /** Root directory of the checkout whose built jars are tested; this one by default. */
    private static final Path ROOT = Path.of(System.getProperty("sluice.hostile.root", "../.."))
            .toAbsolutePath()
            .normalize();

    private static final String DEFINITIONS = "shared-model/toolkit-api/src/main/resources/dev/sluice/toolkit/crd";
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private static Optional<TestEnvironment> shared = Optional.empty();

    private final String api;
    private final ReconcilerProfile profile;
    private final KubeClient admin;
    private final TenantAccounts accounts;
    private final SourceHost host;
    private final Services services;
    private final Victim victim;
    private final ExecutorService cleanUps = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "clean-up");
        thread.setDaemon(true);
        return thread;
    });

    private TestEnvironment(KubernetesApi api, ReconcilerProfile profile) throws IOException {
        this.api = api.name();
        this.profile = profile;
        admin = new KubeClient(ApiServerAccess.ofKubeconfig(api.kubeconfig()));
        applyDefinitions();
        accounts = new TenantAccounts(admin, api.kind() == TestedApi.REAL);
        admin.apply(ResourceKind.NAMESPACE, "", Services.NAMESPACE, Map.of()).orFail();
        host = new SourceHost();
        Path directory = Files.createDirectories(Path.of("target").toAbsolutePath());
        services = new Services(ROOT, Files.createTempDirectory(directory, "environment-"), api.kubeconfig(), profile);
        victim = new Victim(admin, host);
    }

    /** Starts the services and the victim; if they run, restarts the reconciler on request. */
    void start(boolean again) throws IOException {
        if (!services.areStarted()) {
            services.start();
            victim.initialize();
        } else if (again) {
            restartReconciler();
        }
    }

    /** Returns the environment; ends the previous one first, because two reconcilers would share the lease and the victim. */
    public static synchronized TestEnvironment shared(KubernetesApi api, ReconcilerProfile profile) {
        if (shared.filter(environment -> environment.profile == profile && environment.api.equals(api.name()))
                .isEmpty()) {
            shared.ifPresent(TestEnvironment::close);
            try {
                shared = Optional.of(new TestEnvironment(api, profile));
            } catch (IOException e) {
                throw new IllegalStateException("cannot start the services of " + ROOT, e);
            }
        }
        return shared.get();
    }

    private void close() {
        cleanUps.shutdownNow();
        victim.stopWatching();
        services.close();
        host.close();
    }

    private void applyDefinitions() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(DEFINITIONS))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String manifest = Files.readString(file);
                String name = manifest.lines()
                        .filter(line -> line.startsWith("  name: "))
                        .findFirst()
                        .orElseThrow()
                        .substring(8);
                admin.apply(ResourceKind.DEFINITION, "", name, manifest).orFail();
            }
        }
    }

    /**
     * Creates a tenant in a new namespace.
     *
     * @param fullSize whether it creates all objects of its case
     */
    Tenant newTenant(String name, boolean fullSize) {
        String namespace = name + "-" + TENANTS.incrementAndGet();
        return new Tenant(this, namespace, accounts.create(namespace), fullSize);
    }

    /** Permits the tenant's account to manage namespaces and their ExternalArtifacts, and returns its name. */
    String namespaceAccount(String namespace) {
        return accounts.permitNamespaces(namespace);
    }

    /** Reads a namespace as an administrator; returns an empty object if it does not exist. */
    public JsonObject namespace(String name) {
        return admin.get(ResourceKind.NAMESPACE, "", name).orElse(new JsonObject());
    }

    /** Deletes the tenant's objects in the background, during the next attack. */
    void cleanUp(Tenant tenant) {
        cleanUps.execute(tenant::deleteObjects);
    }

    InvariantMonitor startMonitor() {
        return new InvariantMonitor(services, victim);
    }

    ReconcilerProfile profile() {
        return profile;
    }

    public Victim victim() {
        return victim;
    }

    public SourceHost host() {
        return host;
    }

    /** The reconciler's name service. */
    public NameService names() {
        return services.names();
    }

    /** Base URL of the artifact server. */
    public URI artifacts() {
        return services.artifacts();
    }

    /** Base URL of the reconciler's metrics and profiles. */
    public URI metrics() {
        return services.metrics();
    }

    /** Returns the sum of a reconciler metric over all labels; empty if the metric does not exist. */
    public Optional<Double> metrics(String name) {
        String text = new String(victim.get(metrics() + "/metrics").body(), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(Double::sum);
    }

    /** Restarts the reconciler as a rollout does, and waits until it is ready. */
    private void restartReconciler() throws IOException {
        synchronized (victim) { // no revision is published during the restart
            services.restartReconciler();
        }
    }

    /** Force-deletes the tenants' objects and restarts both services; called after a failed run. */
    void reset() throws IOException {
        for (ResourceKind kind : ResourceKind.OF_TENANTS) {
            admin.list(kind, "").forEach(object -> {
                var metadata = object.getAsJsonObject("metadata");
                String namespace = metadata.get("namespace").getAsString();
                if (!namespace.equals(Victim.NAMESPACE)) {
                    String name = metadata.get("name").getAsString();
                    admin.patch(kind, namespace, name, Map.of("metadata", Map.of("finalizers", List.of())));
                    admin.delete(kind, namespace, name);
                }
            });
        }
        services.restartServer();
        restartReconciler();
        victim.recover();
    }

    long peakResidentBytes() {
        return services.reconciler().peakResidentBytes();
    }
}
