package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.PageCommands.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Applies the manifests of docs/multi-tenancy.md, pastes its commands, and deletes what it made. */
final class MultiTenancyPage implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String PAGE = "docs/multi-tenancy.md";
    private static final FencedBlocks BLOCKS = FencedBlocks.of(PAGE);
    private static final String NAMESPACE = "platform";
    private static final String GENERATOR = "artifactgenerator/tenants";

    /** Enough of a ResourceSet to be the object of an external finalizer. */
    private static final String RESOURCE_SETS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: resourcesets.fluxcd.controlplane.io}
            spec:
              group: fluxcd.controlplane.io
              names: {kind: ResourceSet, plural: resourcesets}
              scope: Namespaced
              versions:
              - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
            """;

    private final RealCluster cluster;
    private final FakeSources sources;
    private final PastedShell shell;

    private MultiTenancyPage(RealCluster cluster, FakeSources sources, PastedShell shell) {
        this.cluster = cluster;
        this.sources = sources;
        this.shell = shell;
    }

    static MultiTenancyPage open(RealCluster cluster, Helm helm, FakeSources sources, Path temporary)
            throws IOException {
        return new MultiTenancyPage(
                cluster, sources, PastedShell.inCheckout(temporary, cluster, helm, cluster.kubectl(), Map.of()));
    }

    /** The values of the chart. */
    static String values() {
        return BLOCKS.block("managedNamespaces:\n  enabled: true");
    }

    void setUp(Supplier<String> log) throws IOException {
        cluster.createNamespace(NAMESPACE);
        shell.paste("set +e\n"); // like an interactive shell
        cluster.apply(BLOCKS.block("kind: ClusterRole\n")).orFail();
        paste("Set it up");
        offer("main@sha1:1", "a", "b");
        cluster.apply(BLOCKS.block("kind: ArtifactGenerator\n")).orFail();
        for (String namespace : List.of("team-a", "team-b")) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(get(namespace, "externalartifact/apps", "{.status.artifact.url}"))
                            .as(log)
                            .isNotEmpty());
            assertThat(get("", "namespace/" + namespace, "{.metadata.labels}"))
                    .contains("\"pod-security.kubernetes.io/enforce\":\"restricted\"");
        }
    }

    private void offer(String revision, String... tenants) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String tenant : tenants) {
            files.put("tenants/" + tenant + "/app.yaml", "a: 1\n");
            shell.file("tenants/" + tenant + "/app.yaml", "a: 1\n");
        }
        sources.offer(NAMESPACE, "fleet", revision, files);
    }

    void prove() throws IOException {
        String printed = paste("Prove it");

        assertThat(printed)
                .containsPattern("(?m)^team-a .*" + get(NAMESPACE, GENERATOR, "{.metadata.uid}"))
                .contains("namespace team-c: created")
                .doesNotContain("PRUNED", "ADOPTED");
    }

    /** Pastes the blocks of a section, and compares what the page shows; adds a tenant for the diff. */
    private String paste(String section) throws IOException {
        StringBuilder all = new StringBuilder();
        List<Block> blocks = PageCommands.of(Repository.read(PAGE)).stream()
                .filter(block -> block.section().equals(section))
                .toList();
        assertThat(blocks).as(section).isNotEmpty();
        for (Block block : blocks) {
            if (block.commands().contains("sluice diff")) {
                shell.file("tenants/c/app.yaml", "a: 1\n");
            }
            String printed = shell.paste(block.commands());
            block.printed().ifPresent(expected -> assertThat(printed).isEqualTo(expected));
            all.append(printed);
        }
        return all.toString();
    }

    /** Deletes a namespace that is no longer wanted, and leaves one to the object that is responsible for it. */
    void prune() throws IOException {
        cluster.apply(RESOURCE_SETS).orFail();
        cluster.awaitDefinitions();
        cluster.apply(
                        "{apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSet, metadata: {name: tenants, namespace: %s}}"
                                .formatted(NAMESPACE))
                .orFail();
        cluster.kubectl(
                        "annotate",
                        "--field-manager=flux-operator",
                        "namespace/team-a",
                        "source.extensions.fluxcd.io/externalFinalizer=fluxcd.controlplane.io/v1/ResourceSet/%s/tenants/%s"
                                .formatted(NAMESPACE, get(NAMESPACE, "resourceset/tenants", "{.metadata.uid}")))
                .orFail();

        offer("main@sha1:2", "a");
        await().atMost(LIMIT).until(() -> !deletion("team-b").isEmpty());
        cluster.kubectl("-n", NAMESPACE, "delete", GENERATOR, "--timeout=60s").orFail();

        assertThat(deletion("team-a")).isEmpty();
    }

    private String deletion(String namespace) {
        return get("", "namespace/" + namespace, "{.metadata.deletionTimestamp}");
    }

    private String get(String namespace, String object, String jsonPath) {
        String[] kindAndName = object.split("/", 2);
        return cluster.reader().get(namespace, kindAndName[0], kindAndName[1], jsonPath);
    }

    @Override
    public void close() {
        shell.close();
        cluster.kubectl("-n", NAMESPACE, "delete", GENERATOR, "--ignore-not-found", "--timeout=20s");
        // the definition stays: FluxIT has objects of this kind with a finalizer of flux-operator
        cluster.kubectl("-n", NAMESPACE, "delete", "resourceset/tenants", "--ignore-not-found", "--timeout=20s");
    }
}
