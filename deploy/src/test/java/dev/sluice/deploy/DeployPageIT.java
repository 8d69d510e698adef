package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.PageCommands.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/deploy.md in order, on a real API server with helm. */
class DeployPageIT {

    /** Commands that need Docker, pods (for {@code helm test}) or metrics-server. */
    private static final List<String> NEED_MORE = List.of("docker ", "helm test", " top pods");

    private static final List<Block> PAGE = PageCommands.of(Repository.read("docs/deploy.md"));

    @TempDir
    Path temporary;

    private RealCluster cluster;
    private PastedShell shell;

    @BeforeEach
    void start() throws Exception {
        Helm helm = Helm.orSkip();
        cluster = RealCluster.ownOrSkip("deploy-page");
        cluster.kubectl("delete", "crd", "artifactgenerators.source.extensions.fluxcd.io")
                .orFail(); // Flux without source-watcher
        cluster.createNamespace("flux-system");
        for (String controller : List.of("kustomize-controller", "helm-controller")) {
            cluster.apply("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %1$s, namespace: flux-system}
                    spec:
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec: {containers: [{name: manager, image: %1$s, args: [--log-level=info]}]}
                    """.formatted(controller)).orFail();
        }
        shell = PastedShell.inCheckout(temporary, cluster, helm, cluster.kubectl(), Map.of());
    }

    @AfterEach
    void stop() {
        if (shell != null) {
            shell.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void commandsWithoutNodeWork() throws IOException {
        List<Block> blocks = PAGE.stream()
                .filter(block -> NEED_MORE.stream().noneMatch(block.commands()::contains))
                .toList();
        for (Block block : blocks) {
            if (block.commands().contains("artifactgenerator/NAME")) {
                generator();
            }
            shell.paste(block.commands().replace("NAME", "app"));
        }

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
        assertThat(get("flux-system", "deployments", "{.items[*].metadata.name}")
                        .split(" "))
                .containsExactlyInAnyOrder(
                        "helm-controller",
                        "kustomize-controller",
                        "sluice-artifact-server",
                        "sluice-reconciler",
                        "sluice-shard1-reconciler");
        for (String controller : List.of("kustomize-controller", "helm-controller")) {
            assertThat(get("flux-system", "deployment/" + controller, "{.spec.template.spec.containers[0].args}"))
                    .isEqualTo("[\"--log-level=info\",\"--feature-gates=ExternalArtifact=true\"]");
        }
        assertThat(get("default", "artifactgenerator/app", "{.metadata.annotations}"))
                .contains("reconcile.fluxcd.io/requestedAt")
                .doesNotContain("disabled");
    }

    private void generator() {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: app, namespace: default}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts: [{name: app, copy: [{from: "@app/**", to: "@artifact/"}]}]
                """).orFail();
    }

    private String get(String namespace, String what, String jsonPath) {
        return cluster.kubectl("-n", namespace, "get", what, "-o", "jsonpath=" + jsonPath)
                .orFail()
                .output();
    }
}
