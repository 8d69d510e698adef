package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.deploy.Helm.Rendered;
import dev.sluice.deploy.RunningController.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reconcilers with the flags, accounts and roles of releases with other values than the defaults, which {@link PodsIT}
 * covers. The API server rejects none of their requests, and they use every permission.
 */
class ReleasesIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String LEASE = "source-watcher-leader-election";

    @TempDir
    private Path temporary;

    private Helm helm;
    private RealCluster cluster;
    private Place place;
    private GeneratorScenario scenario;
    private ArtifactServer server;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final List<Manifest> roles = new ArrayList<>();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        helm = Helm.orSkip();
        cluster = RealCluster.orSkip();
        String namespace = "release-" + UUID.randomUUID();
        cluster.createNamespace(namespace);
        Path volume = Files.createDirectory(temporary.resolve("volume"));
        Path logs = Files.createDirectory(temporary.resolve("logs"));
        server = ArtifactServer.open(
                ArtifactServerOptions.of(volume, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        running.add(server);
        cluster.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: source-watcher, namespace: %s}}"
                        .formatted(namespace))
                .orFail();
        place = new Place(cluster.kubeconfigOf(namespace, "source-watcher", temporary), namespace, volume, logs);
        scenario = new GeneratorScenario(cluster, namespace, this::logs);
    }

    @AfterEach
    void stop() throws Exception {
        if (place == null) {
            return; // skipped
        }
        cluster.deleteGenerators(place.namespace());
        for (AutoCloseable part : running) {
            part.close();
        }
        cluster.kubectl("delete", "validatingadmissionpolicybindings,validatingadmissionpolicies", "--all")
                .orFail();
    }

    @Test
    void replicasInOneNamespaceWithDirectReadsAndPolicy() throws Exception {
        Rendered chart = install(
                "sluice",
                "watchAllNamespaces=false",
                "noCrossNamespaceRefs=true",
                "reconciler.directSourceFetch=true",
                "admissionPolicy.create=true",
                "admissionPolicy.trustedAccounts={sluice-test-admin}"); // acts as another controller
        assertThat(chart.of("ClusterRole")).isEmpty();
        RunningController first = run(chart);
        await().atMost(LIMIT).until(() -> !holder(LEASE).isEmpty());
        run(chart);
        try (FakeSources sources = sources()) {
            scenario.publishFirst(sources);
            for (String kind : List.of("OCIRepository", "Bucket", "HelmChart")) {
                scenario.generatorOfMissing(kind);
            }
            String leader = holder(LEASE);
            first.terminate();
            await().atMost(LIMIT).until(() -> !List.of("", leader).contains(holder(LEASE)));
            scenario.live(sources);
        }
        checkPermissions();
    }

    @Test
    void shardsOnOneVolume() throws Exception {
        Rendered main = install("sluice", "watchLabelSelector=!sharding.fluxcd.io/key");
        Rendered shard = install(
                "sluice-shard1",
                "watchLabelSelector=sharding.fluxcd.io/key=shard1",
                "crds.install=false",
                "serviceAccount.create=false",
                "artifactServer.enabled=false",
                "persistence.existingClaim=sluice-artifacts");
        run(main);
        run(shard);
        try (FakeSources sources = sources()) {
            scenario.publishFirst(sources);
            scenario.labelledGenerator("shard", "sharding.fluxcd.io/key: shard1");
            scenario.awaitUrl("shard-a");
            scenario.live(sources);
        }
        checkPermissions();
        assertThat(cluster.requestsOf(place.namespace(), "source-watcher").names("coordination.k8s.io/leases"))
                .contains(
                        LEASE + "-" + Sha256.hex("!sharding.fluxcd.io/key").substring(0, 8),
                        LEASE + "-"
                                + Sha256.hex("sharding.fluxcd.io/key=shard1").substring(0, 8))
                .doesNotContain(LEASE);
    }

    /** With the values, manifests and commands of the page about namespaces of tenants. */
    @Test
    void namespacesOfTenants() throws Exception {
        Path values = Files.writeString(temporary.resolve("values.yaml"), MultiTenancyPage.values());
        Rendered chart = install("sluice", List.of("-f", values.toString()));
        run(chart);
        try (FakeSources sources = sources();
                MultiTenancyPage page = MultiTenancyPage.open(cluster, helm, sources, temporary)) {
            page.setUp(this::logs);
            page.prove();
            page.prune();
            scenario.publishFirst(sources);
            scenario.live(sources);
        }
        checkPermissions();
    }

    private Rendered install(String release, String... settings) {
        return install(
                release,
                Stream.of(settings)
                        .flatMap(setting -> Stream.of("--set", setting))
                        .toList());
    }

    /** Applies the RBAC objects of the release and rewrites URLs to a server on this machine. */
    private Rendered install(String release, List<String> values) {
        List<String> arguments = new ArrayList<>(List.of("--namespace", place.namespace()));
        arguments.addAll(List.of(
                "--set",
                "reconciler.advertisedAddress=127.0.0.1:" + server.address().getPort()));
        arguments.addAll(values);
        Rendered chart = helm.template(release, arguments);
        List<Manifest> permissions = chart.manifests().stream()
                .filter(manifest -> manifest.kind().matches("(Cluster)?Role(Binding)?|ValidatingAdmissionPolicy.*"))
                .toList();
        cluster.apply(Manifest.toYaml(permissions)).orFail();
        roles.addAll(chart.rolesOfReconcilers());
        return chart;
    }

    private RunningController run(Rendered chart) throws IOException {
        Manifest deployment = chart.of("Deployment").stream()
                .filter(manifest -> manifest.name().endsWith("-reconciler"))
                .findFirst()
                .orElseThrow();
        RunningController controller = RunningController.sluice(
                place, Manifest.strings(deployment.at("spec", "template", "spec", "containers", 0, "args")));
        running.add(0, controller);
        return controller;
    }

    private FakeSources sources() throws IOException {
        return new FakeSources(cluster, Files.createDirectory(temporary.resolve("offered")));
    }

    private String holder(String lease) {
        return scenario.get("lease", lease, "{.spec.holderIdentity}");
    }

    private void checkPermissions() throws IOException {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(requests().used()).isEqualTo(AuditedRequests.granted(roles)));
        assertThat(requests().refused()).as("refused by RBAC").isEmpty();
        assertThat(logs()).doesNotContain("is not trusted to write", "none of the trusted prefixes");
    }

    private AuditedRequests requests() throws IOException {
        return cluster.requestsOf(place.namespace(), "source-watcher");
    }

    private String logs() {
        StringBuilder logs = new StringBuilder();
        try (var files = Files.list(place.logs())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                logs.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return logs.toString();
    }
}
