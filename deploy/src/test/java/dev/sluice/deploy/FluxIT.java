package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flux's CLI, source-controller, kustomize-controller and flux-operator with artifacts of Sluice. */
class FluxIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final FencedBlocks INPUTS = FencedBlocks.of("docs/exported-inputs.md");

    private static final String ORIGIN_REVISION = "{.status.artifact.metadata.org\\.opencontainers\\.image\\.revision}";

    /** A repository at a URL, the artifact of a part of it, and a Kustomization of that. */
    private static final String FETCHED = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata:
              name: fetched
              namespace: apps
              labels: {fetched: ""}
            spec: {interval: 1h, url: %s, ref: {branch: main}}
            ---
            apiVersion: source.extensions.fluxcd.io/v1beta1
            kind: ArtifactGenerator
            metadata:
              name: fetched
              namespace: apps
            spec:
              sources: [{alias: app, kind: GitRepository, name: fetched}]
              artifacts: [{name: fetched, originRevision: "@app", copy: [{from: "@app/deploy/**", to: "@artifact/"}]}]
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: fetched
              namespace: apps
            spec:
              interval: 1h
              retryInterval: 2s
              path: ./
              prune: true
              targetNamespace: %s
              sourceRef: {kind: ExternalArtifact, name: fetched}
            """;

    @TempDir
    private static Path temporary;

    private static FluxNamespace flux;

    @BeforeAll
    static void start() throws Exception {
        FluxTools tools = FluxTools.orSkip();
        flux = FluxNamespace.start(RealCluster.orSkip(), tools, temporary);
        flux.offer("main@sha1:1", "red");
        flux.apply();
        flux.awaitColour("red");
    }

    @AfterAll
    static void stop() {
        if (flux != null) {
            flux.close();
        }
    }

    @Test
    void kustomizeControllerAppliesChangesAndRejectsCorruptFile() throws IOException {
        flux.offer("main@sha1:2", "green");
        flux.awaitColour("green");

        run("suspend", "kustomization", "apps");
        String green = revision();
        flux.offer("main@sha1:3", "blue");
        await().atMost(LIMIT).until(() -> !revision().equals(green));
        flux.disable();
        Files.writeString(flux.stored(), "damaged");
        flux.resume("apps");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                flux.get("kustomization", "apps", "{.status.conditions[?(@.type=='Ready')].message}"))
                        .as(() -> flux.log("reconciler") + flux.log("kustomize-controller"))
                        .contains("computed digest doesn't match"));
        assertThat(flux.get("configmap", "settings", "{.data.colour}")).isEqualTo("green");

        String published = revision();
        flux.enableAndRequestReconciliation();
        flux.awaitColour("blue");
        assertThat(revision()).isEqualTo(published);
    }

    @Test
    void commitsThatSourceControllerFetchesArePublishedAndApplied() throws IOException {
        try (GitHost git = GitHost.orSkip(Files.createDirectory(temporary.resolve("git")))) {
            flux.startSourceControllerOrSkip();
            String first = git.commit(fetched("red"));
            flux.applyHere(FETCHED.formatted(git.url(), flux.name()));
            awaitFetched("red", first);

            String second = git.commit(fetched("green"));
            assertThat(run("reconcile", "source", "git", "fetched")).contains("fetched revision " + second);
            awaitFetched("green", second);
        }
    }

    private static Map<String, String> fetched(String colour) {
        return Map.of("deploy/fetched.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: fetched}
                data: {colour: %s}
                """.formatted(colour), "docs/readme.md", "not deployed\n");
    }

    private static void awaitFetched(String colour, String commit) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(flux.get("kustomization", "fetched", "{.status.lastAppliedOriginRevision}"))
                                .as(() -> flux.log("source-controller") + flux.log("reconciler"))
                                .isEqualTo(commit));
        assertThat(flux.get("configmap", "fetched", "{.data.colour}")).isEqualTo(colour);
        assertThat(flux.get("externalartifact", "fetched", ORIGIN_REVISION)).isEqualTo(commit);
    }

    private static String revision() {
        return flux.get("externalartifact", "one", "{.status.artifact.revision}");
    }

    @Test
    void cliShowsGeneratorsAndArtifacts() {
        assertThat(run("get", "artifact", "generators", "--status-selector", "ready=true"))
                .containsPattern("gen\\s+False\\s+True\\s+reconciliation succeeded, generated 1 artifact\\(s\\)");
        assertThat(run("get", "sources", "external"))
                .containsPattern("one\\s+latest@sha256:[0-9a-f]{8}\\s+ArtifactGenerator/" + flux.name()
                        + "/gen\\s+True\\s+Artifact is ready");
        assertThat(run("get", "all")).contains("externalartifact/one");
        assertThat(run("tree", "artifact", "generator", "gen"))
                .contains("ArtifactGenerator/%1$s/gen\n└── ExternalArtifact/%1$s/one".formatted(flux.name()));
        assertThat(run("export", "artifact", "generator", "gen"))
                .contains("kind: ArtifactGenerator", "from: '@app/deploy/**'")
                .doesNotContain("status:");
        assertThat(run("export", "source", "external", "one"))
                .contains("app.kubernetes.io/managed-by: source-watcher")
                .doesNotContain("status:");
        assertThat(run("events", "--for", "ArtifactGenerator/gen"))
                .contains("LAST SEEN", "ArtifactGenerator/gen", "reconciliation succeeded, generated 1 artifact(s)");
        assertThat(run("trace", "configmap", "settings"))
                .contains("ExternalArtifact:one", "Source:          ArtifactGenerator/" + flux.name() + "/gen")
                .containsPattern("Origin Revision: main@sha1:[123]\n")
                .contains("Message:         Artifact is ready");
    }

    @Test
    void cliShowsDisabledGeneratorAsSuspended() {
        flux.generator("paused", "other", "source.extensions.fluxcd.io/reconcile: disabled");

        assertThat(run("get", "artifact", "generators", "paused")).containsPattern("paused\\s+True\\s");
    }

    @Test
    void cliChecksInstallationAndShowsLogs() throws Exception {
        String namespace = "flux-" + UUID.randomUUID();
        Helm.Rendered chart = Helm.orSkip().template("--namespace", namespace);
        RealCluster.orSkip().createNamespace(namespace);
        try (FakeNode node = new FakeNode(RealCluster.orSkip(), temporary)) {
            node.run(chart.get("Deployment", "sluice-reconciler"), namespace, flux.log("reconciler"));
            node.run(chart.get("Deployment", "sluice-artifact-server"), namespace, flux.log("server"));

            assertThat(run("check", "-n", namespace, "--timeout=30s"))
                    .contains("sluice-reconciler: deployment ready", "sluice-artifact-server: deployment ready")
                    .contains("artifactgenerators.source.extensions.fluxcd.io/v1beta1", "all checks passed");
            assertThat(run("version", "-n", namespace)).contains("reconciler-service: ");
            assertThat(run("logs", "--flux-namespace", namespace, "--kind=ArtifactGenerator", "--name=gen"))
                    .containsPattern("info ArtifactGenerator/gen\\." + flux.name()
                            + " - reconciliation succeeded, generated 1 artifact");
            assertThat(run("logs", "--flux-namespace", namespace, "--all-namespaces"))
                    .contains("artifact-server started", "source-watcher started");
        }
    }

    /** Applies the objects of the page about exported inputs. */
    @Test
    void resourceSetCreatesAKustomizationForEachArtifact() throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String tenant : List.of("blue", "green")) {
            files.put("tenants/" + tenant + "/inputs.yaml", INPUTS.block("source fleet:tenants/" + tenant));
            files.put("tenants/" + tenant + "/app.yaml", """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: app-of-%s, namespace: %s}
                    """.formatted(tenant, flux.name()));
        }
        flux.offer("fleet", "main@sha1:1", files);
        flux.applyHere(INPUTS.block("```yaml manifest"));
        flux.startOperator();
        for (String tenant : List.of("blue", "green")) {
            await().atMost(LIMIT)
                    .until(() -> !flux.get("externalartifact", tenant, "{.status.artifact}")
                            .isEmpty());
        }

        flux.applyHere(INPUTS.block("kind: ResourceSet\n"));

        for (String tenant : List.of("blue", "green")) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(flux.get("configmap", "app-of-" + tenant, "{.metadata.name}"))
                            .as(() -> flux.log("flux-operator"))
                            .isNotEmpty());
            assertThat(flux.get("kustomization", tenant, "{.spec.sourceRef.kind}/{.spec.sourceRef.name}"))
                    .isEqualTo("ExternalArtifact/" + tenant);
        }
        assertThat(flux.get("externalartifact", "blue", "{.status.exportedInputs.region}"))
                .isEqualTo("eu-west-1");
        assertThat(flux.get("resourcesetinputprovider", "tenants", "{.status.exportedInputs[*].tenant}"))
                .isEqualTo("blue green");
        assertThat(flux.get("resourcesetinputprovider", "tenants", "{.status.exportedInputs[*].region}"))
                .as("the page says that this version does not read status.exportedInputs")
                .isEmpty();
    }

    /** Returns what a command prints on both streams. */
    private static String run(String... arguments) {
        Tool.Result result = flux.flux(arguments).orFail();
        assertThat(result.errors()).doesNotContain("parse error", "failed");
        return result.output() + result.errors();
    }
}
