package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The manifests with which Flux installs and upgrades Sluice. */
class FluxManagedIT {

    private static final String HELM_CONTROLLER = "github.com/fluxcd/helm-controller@v1.4.0";

    @TempDir
    Path temporary;

    private final List<Manifest> manifests = Manifest.parse(Repository.read("examples/flux/sluice.yaml"));

    @Test
    void releaseValuesMatchChart() throws IOException {
        Path values = temporary.resolve("values.yaml");
        Files.writeString(values, new Yaml().dump(manifests.get(1).at("spec", "values")));

        Helm.Rendered chart = Helm.orSkip().template("--values", values.toString());

        assertThat(chart.of("PodMonitor")).hasSize(1);
        assertThat(chart.get("PersistentVolumeClaim", "sluice-artifacts").text("spec", "storageClassName"))
                .isEqualTo("efs");
    }

    @Test
    void fluxCrdsAcceptManifests() throws IOException, InterruptedException {
        RealCluster cluster = RealCluster.orSkip();
        Path crd =
                GoModule.orSkip(HELM_CONTROLLER).resolve("config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml");
        cluster.apply(Files.readString(crd)).orFail();
        cluster.awaitDefinitions();
        cluster.createNamespace(Helm.NAMESPACE);

        Tool.Result result = cluster.apply(Manifest.toYaml(manifests), "--dry-run=server");

        assertThat(result.code()).as(result.errors()).isZero();
    }

    /** Applies the patches like {@code kustomize build} does to the components of a bootstrap. */
    @Test
    void patchesApplyToBootstrapComponents() throws IOException {
        String kubectl = Tool.isAvailable("kubectl") ? "kubectl" : "";
        assumeFalse(kubectl.isEmpty(), "no kubectl on the path");
        Files.writeString(temporary.resolve("kustomization.yaml"), Repository.read("examples/flux/kustomization.yaml"));
        Files.writeString(temporary.resolve("gotk-sync.yaml"), "");
        Files.writeString(temporary.resolve("gotk-components.yaml"), components());

        Helm.Rendered built =
                new Helm.Rendered(Manifest.parse(Tool.run(List.of(kubectl, "kustomize", temporary.toString()))
                        .orFail()
                        .output()));

        for (String controller : List.of("kustomize-controller", "helm-controller")) {
            assertThat(Manifest.strings(built.get("Deployment", controller)
                            .at("spec", "template", "spec", "containers", 0, "args")))
                    .containsExactly("--log-level=info", "--feature-gates=ExternalArtifact=true");
        }
        assertThat(built.get("Deployment", "source-watcher").at("spec", "replicas"))
                .isEqualTo(0);
        assertThat(built.of("CustomResourceDefinition").get(0).text("metadata", "annotations"))
                .contains("kustomize.toolkit.fluxcd.io/prune=disabled");
    }

    /** The parts of gotk-components.yaml that the patches change. */
    private static String components() {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: artifactgenerators.source.extensions.fluxcd.io
                  annotations: {controller-gen.kubebuilder.io/version: v0.21.0}
                """);
        for (String name : List.of("kustomize-controller", "helm-controller", "source-watcher")) {
            yaml.append("""
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %s, namespace: flux-system}
                    spec:
                      replicas: 1
                      template:
                        spec:
                          containers: [{name: manager, args: [--log-level=info]}]
                    """.formatted(name));
        }
        return yaml.toString();
    }
}
