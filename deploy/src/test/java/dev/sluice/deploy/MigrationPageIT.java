package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.sluice.deploy.PageCommands.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of docs/migration.md block by block, with a real API server and helm. {@link FakeWorkloads}
 * replaces the rest of the cluster. source-watcher is the real one if {@code SLUICE_SOURCE_WATCHER} is set.
 */
class MigrationPageIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String FLUX = "flux-system";
    private static final String RESOURCES = "deploy/src/test/resources/dev/sluice/deploy/";
    private static final List<Block> PAGE = PageCommands.of(Repository.read("docs/migration.md"));

    @TempDir
    Path temporary;

    private RealCluster cluster;
    private FakeSources sources;
    private FakeWorkloads workloads;
    private PastedShell shell;
    private GeneratorObjects apps;

    @BeforeEach
    void publishWithSourceWatcher() throws Exception {
        Helm helm = Helm.orSkip();
        cluster = RealCluster.ownOrSkip("migration-page");
        cluster.apply(Repository.read(RESOURCES + "source-watcher.yaml")).orFail();
        cluster.createNamespace("apps");
        workloads = FakeWorkloads.start(cluster, FLUX, Files.createDirectory(temporary.resolve("cluster")));
        shell = PastedShell.inCheckout(
                temporary,
                cluster,
                helm,
                Repository.ROOT.resolve(RESOURCES + "kubectl-exec.sh"),
                Map.of(
                        "KUBECTL", cluster.kubectl().toString(),
                        "VOLUMES", workloads.running().toString()));
        sources = new FakeSources(cluster, Files.createDirectory(temporary.resolve("offered")));
        offer(1);
        apps = new GeneratorObjects(cluster, "apps");
        apps.apply();
        cluster.kubectl("-n", FLUX, "rollout", "status", "deploy/source-watcher", "--timeout=5m")
                .orFail();
        apps.reconcile();
        suspendedGenerator();
    }

    private void offer(int revision) throws IOException {
        sources.offer(
                "apps",
                "app",
                "main@sha1:" + revision,
                Map.of("a/x.yaml", "x: %d\n".formatted(revision), "b/y.yaml", "y: %d\n".formatted(revision)));
    }

    private void suspendedGenerator() {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata:
                  name: paused
                  namespace: apps
                  annotations: {source.extensions.fluxcd.io/reconcile: disabled}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts: [{name: paused, copy: [{from: "@app/a/**", to: "@artifact/"}]}]
                """).orFail();
    }

    @AfterEach
    void stop() throws IOException {
        for (AutoCloseable part : new AutoCloseable[] {shell, workloads, sources, cluster}) {
            close(part);
        }
    }

    private static void close(AutoCloseable part) throws IOException {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Runs the whole page on one cluster, because each start of a service takes seconds. */
    @Test
    void migratesBackAndForth() throws Exception {
        migrateFromAnEmptyDir();
        migrateBack();
        migrateFromAClaim();
        takeTheNamesOfSourceWatcher();
    }

    private void migrateFromAnEmptyDir() throws Exception {
        Map<String, String> before = artifacts();
        pasteAll("Migrating", "Before", "1.", "2.", "3.", "4.", "5.");
        Map<String, Long> copied = files();
        assertThat(copied).hasSize(2);
        paste("6.");
        assertThat(files()).as("no file was written").isEqualTo(copied);
        assertThatSluicePublishes(before);
    }

    private void migrateBack() throws Exception {
        Map<String, String> before = artifacts();
        paste("Rolling back", "helm uninstall", false);
        assertThat(artifacts()).isEqualTo(before);
        assertThatAllIsServed();
        offer(2);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(hosts()).containsOnly("source-watcher"));
        assertThatAllIsServed();

        paste("Rolling back", "helm uninstall", true);
        assertThat(cluster.kubectl("-n", FLUX, "get", "pvc/sluice-artifacts", "service/source-watcher")
                        .code())
                .isZero();
        assertThat(artifacts()).containsOnlyKeys("part-a", "part-b");
        assertThatAllIsServed();
    }

    /** Skips steps 1 to 3, as the page says about a source-watcher that uses a claim. */
    private void migrateFromAClaim() throws Exception {
        Map<String, String> before = artifacts();
        pasteAll("Before", "4.", "5.", "6.");
        assertThatSluicePublishes(before);
    }

    private void assertThatSluicePublishes(Map<String, String> before) {
        assertThat(artifacts()).isEqualTo(before);
        assertThat(hosts()).containsOnly("source-watcher-sluice");
        assertThatAllIsServed();
        assertThat(apps.get("artifactgenerator", "paused", "{.metadata.annotations}"))
                .contains("reconcile\":\"disabled");
    }

    private void takeTheNamesOfSourceWatcher() throws Exception {
        Map<String, String> before = artifacts();
        cluster.kubectl("-n", FLUX, "delete", "deployment", "source-watcher").orFail();
        paste("7.");
        assertThat(artifacts()).isEqualTo(before);
        assertThat(hosts()).containsOnly("source-watcher");
        assertThatAllIsServed();

        workloads.network().events().clear();
        offer(3);
        await().atMost(LIMIT).until(() -> !artifacts().get("part-a").equals(before.get("part-a")));
        await().atMost(LIMIT)
                .until(() ->
                        workloads.network().events().stream().anyMatch(event -> event.contains("ArtifactGenerator")));
    }

    private void pasteAll(String... sections) throws IOException {
        for (String section : sections) {
            paste(section);
        }
    }

    private void paste(String section) throws IOException {
        paste(section, "", true);
    }

    /** Pastes the blocks of a section that contain this text, or those that do not. */
    private void paste(String section, String text, boolean has) throws IOException {
        List<Block> blocks = PAGE.stream()
                .filter(block -> block.section().startsWith(section))
                .filter(block -> block.commands().contains(text) == has)
                .toList();
        assertThat(blocks).as(section).isNotEmpty();
        for (Block block : blocks) {
            String printed = shell.paste(block.commands());
            workloads.requireHealthy();
            block.printed().ifPresent(expected -> assertThat(printed).isEqualTo(expected));
        }
    }

    /** The fields of the published artifacts that consumers and controllers use, except the URL. */
    private Map<String, String> artifacts() {
        Map<String, String> found = new TreeMap<>();
        for (JsonObject artifact : cluster.reader().list("apps", "externalartifact")) {
            found.put(
                    JsonPath.print(artifact, "{.metadata.name}"),
                    JsonPath.print(
                            artifact,
                            "{.metadata.uid}{.metadata.labels}{.spec}"
                                    + "{.status.artifact.revision}{.status.artifact.digest}{.status.artifact.path}"));
        }
        return found;
    }

    private List<String> urls() {
        return cluster.reader().list("apps", "externalartifact").stream()
                .map(artifact -> JsonPath.print(artifact, "{.status.artifact.url} {.status.artifact.digest}"))
                .toList();
    }

    /** The names of the Services in the URLs. */
    private List<String> hosts() {
        return urls().stream()
                .map(url -> url.replaceAll("http://([^.]+)\\..*", "$1"))
                .toList();
    }

    private void assertThatAllIsServed() {
        await().atMost(LIMIT).untilAsserted(() -> {
            for (String line : urls()) {
                String[] urlAndDigest = line.split(" ", 2);
                var response = workloads.network().get(urlAndDigest[0]);
                assertThat(response.statusCode()).as(line).isEqualTo(200);
                assertThat("sha256:" + Sha256.hex(response.body())).isEqualTo(urlAndDigest[1]);
            }
        });
    }

    /** The stored artifacts on the claim, with their modification times. */
    private Map<String, Long> files() throws IOException {
        Map<String, Long> times = new HashMap<>();
        try (Stream<Path> paths = Files.walk(workloads.claim("sluice-artifacts"))) {
            for (Path file :
                    paths.filter(path -> path.toString().endsWith(".tar.gz")).toList()) {
                times.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file).toMillis());
            }
        }
        return times;
    }
}
