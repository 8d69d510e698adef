package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.Helm.Rendered;
import dev.sluice.toolkit.crd.ToolkitCrds;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The objects that the chart renders for various values. */
class ChartIT {

    private static Helm helm;

    @BeforeAll
    static void find() {
        helm = Helm.orSkip();
    }

    /** Named values of an installation. */
    record Values(String name, List<String> arguments) {

        static Values of(String name, String... settings) {
            return new Values(
                    name,
                    Stream.of(settings)
                            .flatMap(setting -> Stream.of("--set", setting))
                            .toList());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Values> installations() {
        return List.of(
                Values.of("defaults"),
                Values.of("evaluation", "persistence.enabled=false"),
                Values.of(
                        "highly available, with all options",
                        "persistence.accessMode=ReadWriteMany",
                        "persistence.storageClass=efs",
                        "artifactServer.autoscaling.enabled=true",
                        "prometheus.podMonitor.create=true",
                        "prometheus.serviceMonitor.create=true",
                        "prometheus.kubeStateMetrics.create=true",
                        "prometheus.dashboards.create=true",
                        "prometheus.rules.create=true",
                        "managedNamespaces.enabled=true",
                        "managedNamespaces.protected={prod-*,monitoring}",
                        "managedNamespaces.overrideManagers={cluster-policy}",
                        "admissionPolicy.create=true",
                        "admissionPolicy.sourceStatus.create=true",
                        "admissionPolicy.trustedAccounts={system:serviceaccount:a:b}",
                        "admissionPolicy.urlPrefixes={http://other.a.svc/}",
                        "networkPolicy.consumers[0].namespaceSelector.matchLabels.team=a",
                        "console.enabled=true",
                        "console.contents=false",
                        "console.namespaces={team-*,apps}",
                        "console.from[0].podSelector.matchLabels.app=oauth2-proxy",
                        "eventsAddr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./"),
                Values.of(
                        "evaluation, monitored",
                        "persistence.enabled=false",
                        "prometheus.podMonitor.create=true",
                        "prometheus.serviceMonitor.create=true"),
                Values.of("one node", "persistence.node=node-1", "persistence.existingClaim=artifacts"),
                Values.of(
                        "one namespace",
                        "watchAllNamespaces=false",
                        "noCrossNamespaceRefs=true",
                        "reconciler.directSourceFetch=true",
                        "reconciler.jvmArgs={-XX:MaxRAMPercentage=70}",
                        "artifactServer.jvmArgs={-Xlog:gc}",
                        "reconciler.digest=sha256:" + "0".repeat(64)),
                Values.of(
                        "a shard on the volume of another release",
                        "watchLabelSelector=sharding.fluxcd.io/key=shard1",
                        "artifactServer.enabled=false",
                        "crds.install=false",
                        "serviceAccount.create=false",
                        "persistence.existingClaim=sluice-artifacts"),
                Values.of(
                        "next to a source-watcher that is scaled to zero",
                        "crds.install=false",
                        "serviceAccount.create=false",
                        "artifactServer.service.name=source-watcher-sluice"),
                Values.of(
                        "separate namespace and names",
                        "imagePullSecrets[0].name=registry",
                        "commonLabels.team=platform",
                        "reconciler.nodeSelector.disk=ssd",
                        "reconciler.tolerations[0].operator=Exists",
                        "reconciler.priorityClassName=system-cluster-critical",
                        "reconciler.extraArgs={--artifact-retention-records=5}",
                        "reconciler.extraEnv[0].name=HTTPS_PROXY",
                        "reconciler.extraEnv[0].value=http://proxy:3128",
                        "reconciler.tmpSizeLimit=4Gi",
                        "reconciler.sourceUrlPrefixes={http://a.example.com/}",
                        "crds.keep=false",
                        "persistence.retain=false",
                        "networkPolicy.create=false"));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void passesSchemaAndHelmLint(Values values) {
        Tool.Result result = helm.lint(values.arguments());

        assertThat(result.code()).as(result.output()).isZero();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void followsFluxConventions(Values values) {
        Rendered chart = helm.template(values.arguments());

        assertThat(chart.of("Deployment")).isNotEmpty().allSatisfy(deployment -> {
            assertThat(deployment.text("metadata", "labels", "app.kubernetes.io/part-of"))
                    .isEqualTo("flux");
            assertThat(deployment.text("spec", "template", "spec", "containers", 0, "name"))
                    .isEqualTo("manager");
            Map<String, Object> selector = Manifest.map(deployment.at("spec", "selector", "matchLabels"));
            assertThat(Manifest.map(deployment.at("spec", "template", "metadata", "labels")))
                    .containsAllEntriesOf(selector);
        });
        assertThat(chart.manifests()).extracting(Manifest::toString).doesNotHaveDuplicates();
    }

    record Wrong(String setting, String complaint) {}

    static List<Wrong> wrongValues() {
        return List.of(
                new Wrong("reconciler.image=", "reconciler.image is not set: no public registry has the image"),
                new Wrong("artifactServer.image=", "artifactServer.image is not set"),
                new Wrong("reconciler.replica=3", "additional properties 'replica' not allowed"),
                new Wrong("logLevel=warn", "/logLevel"),
                new Wrong("persistence.accessMode=ReadWriteOncePod", "/persistence/accessMode"),
                new Wrong("reconciler.replicas=-1", "/reconciler/replicas"),
                new Wrong("reconciler.sourceUrlPrefixes={source-controller}", "/reconciler/sourceUrlPrefixes"),
                new Wrong("reconciler.digest=sha256:12", "/reconciler/digest"),
                new Wrong("reconciler.extraArgs={concurrent=3}", "/reconciler/extraArgs"),
                new Wrong("admissionPolicy.urlPrefixes={http://host}", "/admissionPolicy/urlPrefixes"),
                new Wrong("admissionPolicy.sourceStatus.accounts={}", "/admissionPolicy/sourceStatus/accounts"),
                new Wrong("persistence.size=ten", "/persistence/size"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void rejectsInvalidValues(Wrong wrong) {
        Tool.Result result = helm.tryTemplate(List.of("--set", wrong.setting()));

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains(wrong.complaint());
    }

    @Test
    void advertisesTheServiceAddress() {
        Rendered chart = helm.template();

        assertThat(containerArguments(chart, "sluice-reconciler"))
                .contains("--storage-adv-addr=source-watcher.$(RUNTIME_NAMESPACE).svc.cluster.local.")
                .contains("--enable-leader-election", "--verify-served=true");
        Manifest service = chart.get("Service", "source-watcher");
        assertThat(service.at("spec", "ports", 0, "port")).isEqualTo(80);
        assertThat(service.at("spec", "ports", 0, "targetPort")).isEqualTo("http");
        assertThat(chart.get("Deployment", "sluice-reconciler").text("spec", "template", "spec", "serviceAccountName"))
                .isEqualTo("source-watcher");
    }

    @Test
    void passesSourceUrlPrefixes() {
        Rendered chart = helm.template(
                "--set",
                "reconciler.sourceUrlPrefixes={http://source-controller.flux-system.svc.cluster.local./,https://b.example.com/x/}");

        assertThat(containerArguments(chart, "sluice-reconciler"))
                .contains("--source-url-prefixes="
                        + "http://source-controller.flux-system.svc.cluster.local./,https://b.example.com/x/");
        assertThat(containerArguments(helm.template(), "sluice-reconciler"))
                .noneMatch(argument -> argument.startsWith("--source-url-prefixes"));
    }

    @Test
    void keepsPodsOnNodeOfReadWriteOnceVolume() {
        Rendered chart = helm.template();

        for (Manifest deployment : chart.of("Deployment")) {
            Map<String, Object> term = Manifest.map(deployment.at(
                    "spec",
                    "template",
                    "spec",
                    "affinity",
                    "podAffinity",
                    "requiredDuringSchedulingIgnoredDuringExecution",
                    0));
            assertThat(term).containsEntry("topologyKey", "kubernetes.io/hostname");
            Map<String, Object> wanted =
                    Manifest.map(Manifest.map(term.get("labelSelector")).get("matchLabels"));
            // each pod matches its own term; otherwise the first one could never be scheduled
            assertThat(Manifest.map(deployment.at("spec", "template", "metadata", "labels")))
                    .containsAllEntriesOf(wanted);
        }
        assertThat(chart.of("PodDisruptionBudget"))
                .as("a budget on a single node only blocks its drain")
                .isEmpty();
    }

    @Test
    void spreadsPodsWithReadWriteManyVolume() {
        Rendered chart = helm.template("--set", "persistence.accessMode=ReadWriteMany");

        for (Manifest deployment : chart.of("Deployment")) {
            // on nodes without zones, the scheduler would ignore all constraints if one of them named zones
            assertThat(Manifest.list(deployment.at("spec", "template", "spec", "topologySpreadConstraints")))
                    .singleElement()
                    .asString()
                    .contains("topologyKey=kubernetes.io/hostname", "matchLabelKeys=[pod-template-hash]");
            assertThat(deployment
                            .at("spec", "template", "spec", "affinity", "podAntiAffinity")
                            .toString())
                    .contains("preferred", "topologyKey=topology.kubernetes.io/zone");
        }
        assertThat(chart.of("PodDisruptionBudget")).hasSize(2);
        assertThat(chart.get("PersistentVolumeClaim", "sluice-artifacts").at("spec", "accessModes", 0))
                .isEqualTo("ReadWriteMany");
    }

    @Test
    void usesSinglePodWithoutVolume() {
        Rendered chart = helm.template("--set", "persistence.enabled=false");

        assertThat(chart.of("Deployment")).hasSize(1);
        Manifest deployment = chart.get("Deployment", "sluice-reconciler");
        assertThat(Manifest.list(deployment.at("spec", "template", "spec", "containers")))
                .extracting(container -> Manifest.map(container).get("name"))
                .containsExactly("manager", "artifact-server");
        assertThat(deployment.at("spec", "replicas")).isEqualTo(1);
        assertThat(chart.get("Service", "source-watcher").text("spec", "selector", "app.kubernetes.io/component"))
                .isEqualTo("reconciler");
        assertThat(chart.of("PersistentVolumeClaim")).isEmpty();
    }

    @Test
    void admitsOnlyNamedConsumers() {
        Manifest policy =
                helm.template("--set", "networkPolicy.fluxNamespace=gitops").get("NetworkPolicy", "sluice-artifacts");

        List<Object> rules = Manifest.list(policy.at("spec", "ingress"));
        assertThat(rules).hasSize(2);
        assertThat(policy.text("spec", "ingress", 0, "from", 0, "namespaceSelector", "matchLabels"))
                .contains("gitops");
        assertThat(policy.text("spec", "ingress", 0, "from", 0, "podSelector"))
                .contains("kustomize-controller", "helm-controller");
        assertThat(policy.text("spec", "ingress", 0, "from", 1, "podSelector"))
                .as("the reconciler's verification")
                .contains("app.kubernetes.io/component=reconciler");
        assertThat(policy.text("spec", "ingress", 1, "ports", 0, "port")).isEqualTo("http-prom");
        assertThat(Manifest.list(policy.at("spec", "egress"))).isEmpty();
    }

    @Test
    void namesLeaseAfterShardSelector() {
        String selector = "sharding.fluxcd.io/key=shard1";
        Rendered chart = helm.template("--set", "watchLabelSelector=" + selector);

        assertThat(chart.get("Role", "sluice-reconciler-leader-election").text("rules", 1, "resourceNames", 0))
                .isEqualTo(
                        "source-watcher-leader-election-" + Sha256.hex(selector).substring(0, 8));
        assertThat(containerArguments(chart, "sluice-reconciler")).contains("--watch-label-selector=" + selector);
    }

    record Address(String value, String prefix) {}

    static List<Address> addresses() {
        return List.of(
                new Address("", "http://source-watcher.flux-system.svc.cluster.local./"),
                new Address("files.$(RUNTIME_NAMESPACE).svc", "http://files.flux-system.svc/"),
                new Address("http://files.example.com:8080", "http://files.example.com:8080/"),
                new Address("files.example.com:8080/flux", "http://files.example.com:8080/flux/"),
                new Address("https://files.example.com/flux/", "https://files.example.com/flux/"),
                new Address("https://files.example.com", "https://files.example.com/"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void policyTrustsAdvertisedAddress(Address address) {
        Rendered chart = helm.template(
                "--set", "admissionPolicy.create=true", "--set", "reconciler.advertisedAddress=" + address.value());

        assertThat(chart.of("ValidatingAdmissionPolicy").get(0).text("spec", "validations", 1, "expression"))
                .contains("[\"" + address.prefix() + "\"]");
    }

    @Test
    void rolesHaveNoWildcards() {
        for (Values values : installations()) {
            List<Manifest> roles = helm.template(values.arguments()).manifests().stream()
                    .filter(manifest -> manifest.kind().endsWith("Role"))
                    .toList();
            assertThat(roles)
                    .as(values.toString())
                    .isNotEmpty()
                    .allSatisfy(role -> assertThat(String.valueOf(role.at("rules")))
                            .contains("verbs")
                            .doesNotContain("*"));
        }
    }

    @Test
    void installsCrdOfTheServices() {
        Manifest ours =
                Manifest.parse(ToolkitCrds.manifest("artifactgenerators")).get(0);
        Manifest installed =
                helm.template().get("CustomResourceDefinition", "artifactgenerators.source.extensions.fluxcd.io");

        assertThat(installed.at("spec")).isEqualTo(ours.at("spec"));
        assertThat(installed.text("metadata", "annotations", "helm.sh/resource-policy"))
                .isEqualTo("keep");
    }

    private static List<String> containerArguments(Rendered chart, String deployment) {
        return Manifest.strings(
                chart.get("Deployment", deployment).at("spec", "template", "spec", "containers", 0, "args"));
    }
}
