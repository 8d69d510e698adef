package dev.sluice.hostile.arena;

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
 * The place of the attacks: an API server, both services, a host of sources and the victim. One for each size of the
 * heap and each API, for all tests of this JVM; the services end with it.
 */
public final class Arena {

    /** Names another checkout, with built jars, to attack in place of this one. */
    private static final Path ROOT = Path.of(System.getProperty("sluice.hostile.root", "../.."))
            .toAbsolutePath()
            .normalize();

    private static final String DEFINITIONS = "shared-model/toolkit-api/src/main/resources/dev/sluice/toolkit/crd";
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private static Optional<Arena> shared = Optional.empty();

    private final String api;
    private final Setting setting;
    private final KubeClient admin;
    private final TenantAccounts accounts;
    private final SourceHost host;
    private final Services services;
    private final Victim victim;
    private final ExecutorService leaving = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "leaving");
        thread.setDaemon(true);
        return thread;
    });

    private Arena(KubernetesApi api, Setting setting) throws IOException {
        this.api = api.name();
        this.setting = setting;
        admin = new KubeClient(Access.ofKubeconfig(api.kubeconfig()));
        applyDefinitions();
        accounts = new TenantAccounts(admin, api.kind() == TestedApi.REAL);
        admin.apply(Kind.NAMESPACE, "", Services.NAMESPACE, Map.of()).orFail();
        host = new SourceHost();
        Path directory = Files.createDirectories(Path.of("target").toAbsolutePath());
        services = new Services(ROOT, Files.createTempDirectory(directory, "arena-"), api.kubeconfig(), setting);
        victim = new Victim(admin, host);
        services.awaitReady();
        victim.settle();
    }

    /** One at a time: two reconcilers would share the lease and the victim. */
    public static synchronized Arena shared(KubernetesApi api, Setting setting) {
        if (shared.filter(arena -> arena.setting == setting && arena.api.equals(api.name()))
                .isEmpty()) {
            shared.ifPresent(Arena::end);
            try {
                shared = Optional.of(new Arena(api, setting));
            } catch (IOException e) {
                throw new IllegalStateException("cannot start the services of " + ROOT, e);
            }
        }
        return shared.get();
    }

    private void end() {
        leaving.shutdownNow();
        services.close();
        host.close();
    }

    private void applyDefinitions() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(DEFINITIONS))) {
            for (Path file : files.sorted().toList()) {
                String manifest = Files.readString(file);
                String name = manifest.lines()
                        .filter(line -> line.startsWith("  name: "))
                        .findFirst()
                        .orElseThrow()
                        .substring(8);
                admin.apply(Kind.DEFINITION, "", name, manifest).orFail();
            }
        }
    }

    /**
     * A new tenant in a namespace of its own.
     *
     * @param thorough whether it makes all objects of its case
     */
    Tenant newTenant(String name, boolean thorough) {
        String namespace = name + "-" + TENANTS.incrementAndGet();
        return new Tenant(this, namespace, accounts.create(namespace), thorough);
    }

    /** Lets the tenant's objects be deleted while the next attack goes on. */
    void dismiss(Tenant tenant) {
        leaving.execute(tenant::leave);
    }

    Vigil newVigil() {
        return new Vigil(services, victim);
    }

    Setting setting() {
        return setting;
    }

    public Victim victim() {
        return victim;
    }

    public SourceHost host() {
        return host;
    }

    /** Where the reconciler looks up names. */
    public NameService names() {
        return services.names();
    }

    /** Where the artifact server serves. */
    public URI artifacts() {
        return services.artifacts();
    }

    /** Where the reconciler tells its metrics and profiles. */
    public URI metrics() {
        return services.metrics();
    }

    /** The sum of a metric of the reconciler over all its labels; empty when there is none. */
    public Optional<Double> metrics(String name) {
        String text = new String(victim.get(metrics() + "/metrics").body(), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(Double::sum);
    }

    /** Ends the reconciler as a roll-out does, and waits for the next. */
    public void restartReconciler() throws IOException {
        synchronized (victim) { // which publishes nothing meanwhile
            services.restartReconciler();
        }
    }

    /** After a defeat: removes what the tenants left, by force, and starts everything anew. */
    void rebuild() throws IOException {
        for (Kind kind : Kind.OF_TENANTS) {
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
