package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.ChartIT.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart's objects on a real API server, which runs neither controllers nor pods. */
class ChartOnApiServerIT {

    private static Helm helm;
    private static RealCluster cluster;
    private static String restricted;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        helm = Helm.orSkip();
        cluster = RealCluster.orSkip();
        cluster.createNamespace(Helm.NAMESPACE);
        restricted = restrictedNamespace();
        cluster.apply(Repository.read("deploy/src/test/resources/dev/sluice/deploy/prometheus-operator.crds.yaml"))
                .orFail();
        cluster.awaitDefinitions();
    }

    static List<Values> installations() {
        return ChartIT.installations();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void hasNoUnknownFields(Values values) {
        String yaml = helm.tryTemplate(values.arguments()).orFail().output();

        Tool.Result result = cluster.apply(yaml, "--dry-run=server");

        assertThat(result.code()).as(result.errors()).isZero();
        assertThat(result.errors()).as("warnings of the API server").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void podsPassRestrictedSecurityStandard(Values values) {
        Tool.Result result = cluster.apply(Manifest.toYaml(pods(values, restricted)), "--dry-run=server");

        assertThat(result.code()).as(result.errors()).isZero();
    }

    @Test
    void restrictedNamespaceRejectsOtherPods() {
        Values asRoot = Values.of("root", "podSecurityContext.runAsUser=0", "podSecurityContext.runAsNonRoot=false");

        Tool.Result result =
                cluster.apply(Manifest.toYaml(pods(asRoot, restricted).subList(0, 1)), "--dry-run=server");

        assertThat(result.errors()).contains("violates PodSecurity \"restricted");
    }

    private static String restrictedNamespace() {
        String name = "restricted-" + UUID.randomUUID();
        cluster.apply("""
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                  labels: {pod-security.kubernetes.io/enforce: restricted}
                """.formatted(name)).orFail();
        return name;
    }

    /** The pods of the Deployments and of helm test. */
    private static List<Manifest> pods(Values values, String namespace) {
        List<Manifest> pods = new ArrayList<>();
        for (Manifest manifest : helm.template(values.arguments()).manifests()) {
            if (manifest.kind().equals("Deployment")) {
                pods.add(pod(manifest.name(), namespace, manifest.at("spec", "template", "spec")));
            } else if (manifest.kind().equals("Pod")) {
                pods.add(pod(manifest.name(), namespace, manifest.at("spec")));
            }
        }
        return pods;
    }

    private static Manifest pod(String name, String namespace, Object spec) {
        Map<String, Object> withoutClass = new LinkedHashMap<>(Manifest.map(spec));
        withoutClass.remove("priorityClassName"); // priority classes are subject to quotas, not to the standard
        return new Manifest(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "spec",
                withoutClass));
    }

    @Test
    void upgradeAndUninstallKeepVolumeAndCrd() {
        String namespace = "life-" + UUID.randomUUID();
        cluster.createNamespace(namespace);
        assertThat(helmWithImages("install", "--take-ownership", "life", Repository.CHART.toString(), "-n", namespace))
                .as("the notes")
                .contains("rollout status deploy/life-sluice-reconciler", "helm -n " + namespace + " test life")
                .contains("--feature-gates=ExternalArtifact=true", "The volume is ReadWriteOnce", "set eventsAddr");
        String claim = uid(namespace, "persistentvolumeclaim", "life-sluice-artifacts");
        String definition = uid(namespace, "customresourcedefinition", CRD);

        helmWithImages("upgrade", "life", Repository.CHART.toString(), "-n", namespace, "--set=reconciler.replicas=3");

        assertThat(uid(namespace, "persistentvolumeclaim", "life-sluice-artifacts"))
                .isEqualTo(claim);
        assertThat(uid(namespace, "customresourcedefinition", CRD)).isEqualTo(definition);

        helm("uninstall", "life", "-n", namespace);

        assertThat(uid(namespace, "persistentvolumeclaim", "life-sluice-artifacts"))
                .isEqualTo(claim);
        assertThat(uid(namespace, "customresourcedefinition", CRD)).isEqualTo(definition);
        assertThat(cluster.kubectl("-n", namespace, "get", "deployment,service,networkpolicy,role", "-o", "name")
                        .orFail()
                        .output())
                .isEmpty();
    }

    /** The API server would reject only the claim, after Helm has replaced the Deployments. */
    @Test
    void refusesOtherAccessModeBeforeAnythingChanges() {
        String namespace = "mode-" + UUID.randomUUID();
        cluster.createNamespace(namespace);
        helmWithImages("install", "--take-ownership", "mode", Repository.CHART.toString(), "-n", namespace);
        String before = deployments(namespace);

        for (String setting :
                List.of("persistence.accessMode=ReadWriteMany", "persistence.storageClass=other-than-default")) {
            Tool.Result refused = upgrade(namespace, setting);

            assertThat(refused.code()).as(setting).isNotZero();
            assertThat(refused.errors())
                    .contains(
                            "but the claim mode-sluice-artifacts has ",
                            "cannot be changed: set persistence.existingClaim");
        }
        assertThat(deployments(namespace)).isEqualTo(before);

        Tool.Result otherClaim = upgrade(
                namespace, "persistence.accessMode=ReadWriteMany,persistence.existingClaim=claim-that-is-bound-later");

        assertThat(otherClaim.code()).as(otherClaim.errors()).isZero();
        helm("uninstall", "mode", "-n", namespace);
    }

    private static Tool.Result upgrade(String namespace, String setting) {
        return helm.run(
                "upgrade",
                "mode",
                Repository.CHART.toString(),
                Helm.IMAGES.get(0),
                Helm.IMAGES.get(1),
                "--set=" + setting,
                "--namespace=" + namespace,
                "--kubeconfig=" + cluster.kubeconfig());
    }

    private static String deployments(String namespace) {
        return cluster.kubectl("-n", namespace, "get", "deployments", "-o", "jsonpath={.items[*].metadata.generation}")
                .orFail()
                .output();
    }

    /** Helm's three-way merge keeps fields that neither release sets. */
    @Test
    void refusesToTakeOverServiceWithOtherSelector() {
        String namespace = "taken-" + UUID.randomUUID();
        cluster.createNamespace(namespace);
        cluster.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: source-watcher, namespace: %s}
                spec: {selector: {app: source-watcher}, ports: [{port: 80}]}
                """.formatted(namespace)).orFail();

        Tool.Result refused = helm.run(
                "install",
                "taken",
                Repository.CHART.toString(),
                "--take-ownership",
                Helm.IMAGES.get(0),
                Helm.IMAGES.get(1),
                "--namespace=" + namespace,
                "--kubeconfig=" + cluster.kubeconfig());

        assertThat(refused.code()).isNotZero();
        assertThat(refused.errors())
                .contains("the Service source-watcher selects by the label app")
                .contains("kubectl -n " + namespace + " delete service source-watcher");
    }

    private static final String CRD = "artifactgenerators.source.extensions.fluxcd.io";

    private static String helmWithImages(String... arguments) {
        return helm(Stream.concat(Stream.of(arguments), Helm.IMAGES.stream()).toArray(String[]::new));
    }

    private static String helm(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString()));
        return helm.run(all.toArray(String[]::new)).orFail().output();
    }

    private static String uid(String namespace, String kind, String name) {
        return cluster.kubectl("-n", namespace, "get", kind, name, "-o", "jsonpath={.metadata.uid}")
                .orFail()
                .output();
    }

    @Test
    void policyTrustsOnlyReconcilerAccountAndAddress() {
        whileInForce("admissionPolicy.create=true", namespace -> new GuardedArtifacts(cluster, namespace).check());
    }

    @Test
    void policyReservesSourceArtifactForSourceController() {
        whileInForce(
                "admissionPolicy.sourceStatus.create=true",
                namespace -> new GuardedSources(cluster, namespace).check());
    }

    private static void whileInForce(String setting, Consumer<String> check) {
        String namespace = "guarded-" + UUID.randomUUID();
        cluster.createNamespace(namespace);
        List<Manifest> policy = helm.template("--set", setting, "-n", namespace).manifests().stream()
                .filter(manifest -> manifest.kind().startsWith("ValidatingAdmissionPolicy"))
                .toList();
        assertThat(policy).hasSize(2);
        try {
            cluster.apply(Manifest.toYaml(policy)).orFail();
            check.accept(namespace);
        } finally {
            cluster.kubectl("delete", "validatingadmissionpolicybindings,validatingadmissionpolicies", "--all")
                    .orFail();
        }
    }
}
