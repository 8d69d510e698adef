package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.Helm.Rendered;
import dev.sluice.toolkit.crd.ToolkitCrds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The optional parts of the chart and their references. */
class ChartOptionsIT {

    private static Helm helm;

    @BeforeAll
    static void find() {
        helm = Helm.orSkip();
    }

    record Contradiction(String settings, String complaint) {}

    static List<Contradiction> contradictions() {
        return List.of(
                new Contradiction("persistence.enabled=false,reconciler.replicas=3", "runs a single pod"),
                new Contradiction("persistence.enabled=false,persistence.existingClaim=a", "uses no claim"),
                new Contradiction(
                        "persistence.enabled=false,artifactServer.enabled=false", "nothing would serve the artifacts"),
                new Contradiction(
                        "persistence.accessMode=ReadWriteMany,reconciler.podDisruptionBudget.minAvailable=2",
                        "its nodes could not be drained"),
                new Contradiction(
                        "persistence.accessMode=ReadWriteMany,artifactServer.podDisruptionBudget.minAvailable=100%",
                        "its nodes could not be drained"),
                new Contradiction(
                        "managedNamespaces.enabled=true,watchAllNamespaces=false", "needs watchAllNamespaces=true"),
                new Contradiction(
                        "console.enabled=true,console.from[0].podSelector.matchLabels.app=proxy,networkPolicy.create=false",
                        "console.from needs networkPolicy.create=true"),
                new Contradiction("tls.clientCertificates=true", "no effect without tls.serverSecret"),
                new Contradiction("tls.serverSecret=server", "need tls.caSecret"),
                new Contradiction(
                        "tls.serverSecret=server,tls.caSecret=ca,tls.clientCertificates=true", "need tls.clientSecret"),
                new Contradiction(
                        "spiffe.authorizedArtifactClients={spiffe://self},tls.serverSecret=a,tls.caSecret=b",
                        "cannot be set together"),
                new Contradiction(
                        "spiffe.authorizedArtifactClients={spiffe://self}", "need spiffe.authorizedArtifactServers"),
                new Contradiction(
                        "spiffe.authorizedArtifactServers={spiffe://self}", "need spiffe.authorizedArtifactClients"),
                new Contradiction("spiffe.authorizedEventServers={flux-system}", "/spiffe/authorizedEventServers/0"),
                new Contradiction("eventsAddr=notification-controller", "/eventsAddr"),
                new Contradiction("reconciler.advertisedAddress=ftp://files", "/reconciler/advertisedAddress"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void rejectsContradictoryValues(Contradiction contradiction) {
        Tool.Result result = helm.tryTemplate(List.of("--set", contradiction.settings()));

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains(contradiction.complaint());
    }

    @Test
    void autoscalerReplacesReplicas() {
        Rendered chart = helm.template("--set", "artifactServer.autoscaling.enabled=true");

        assertThat(chart.get("HorizontalPodAutoscaler", "sluice-artifact-server")
                        .text("spec", "scaleTargetRef", "name"))
                .isEqualTo("sluice-artifact-server");
        assertThat(chart.get("Deployment", "sluice-artifact-server").has("spec", "replicas"))
                .as("otherwise every upgrade would reset the autoscaler's value")
                .isFalse();
        assertThat(chart.get("Deployment", "sluice-reconciler").at("spec", "replicas"))
                .isEqualTo(2);
    }

    @Test
    void grantsTheConsoleOnlyWhatItMayShow() {
        assertThat(helm.template("--set", "console.enabled=true").toString()).doesNotContain("sluice-console");
        Rendered chart = helm.template("--set", "console.enabled=true,console.consumers=true,console.events=true");
        Rendered one = helm.template("--set", "console.enabled=true,console.events=true,watchAllNamespaces=false");

        assertThat(AuditedRequests.granted(List.of(chart.get("ClusterRole", "sluice-console-flux-system"))))
                .containsExactly(
                        "list /events",
                        "list helm.toolkit.fluxcd.io/helmreleases",
                        "list kustomize.toolkit.fluxcd.io/kustomizations");
        assertThat(AuditedRequests.granted(List.of(one.get("Role", "sluice-console"))))
                .containsExactly("list /events");
    }

    record Placement(String name, String settings, String serverDeployment, int serverContainer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Placement> placements() {
        return List.of(
                new Placement("own pods", "persistence.enabled=true", "sluice-artifact-server", 0),
                new Placement("one pod", "persistence.enabled=false", "sluice-reconciler", 1));
    }

    @ParameterizedTest
    @MethodSource("placements")
    void mountsTheCertificatesOfEachSide(Placement placement) {
        Rendered chart = helm.template(
                "--set",
                placement.settings() + ",tls.serverSecret=server,tls.caSecret=ca,tls.clientCertificates=true"
                        + ",tls.clientSecret=client");

        Manifest servers = chart.get("Deployment", placement.serverDeployment());
        assertThat(container(servers, placement.serverContainer(), "args"))
                .contains(
                        "--tls-cert-file=/tls/server/tls.crt",
                        "--tls-private-key-file=/tls/server/tls.key",
                        "--client-ca-file=/tls/server/ca.crt");
        assertThat(container(servers, placement.serverContainer(), "volumeMounts"))
                .contains("mountPath=/tls/server");
        assertThat(servers.at("spec", "template", "spec", "volumes").toString()).contains("secretName=server");
        Manifest reconciler = chart.get("Deployment", "sluice-reconciler");
        assertThat(container(reconciler, 0, "args"))
                .contains(
                        "--storage-adv-addr=https://source-watcher.$(RUNTIME_NAMESPACE).svc.cluster.local,",
                        "--ca-file=/tls/ca/ca.crt",
                        "--client-cert-file=/tls/client/tls.crt",
                        "--client-key-file=/tls/client/tls.key");
        assertThat(reconciler.at("spec", "template", "spec", "volumes").toString())
                .contains("secretName=ca", "secretName=client");
        assertThat(chart.get("Service", "source-watcher").at("spec", "ports").toString())
                .contains("name=https, port=443", "targetPort=https")
                .doesNotContain("port=80,");
        Manifest test = chart.get("Pod", "sluice-test-served");
        assertThat(test.at("spec", "containers").toString())
                .contains("curlimages/curl", "https://source-watcher.", "/tls/ca/ca.crt, /tls/client");
        assertThat(test.at("spec", "volumes").toString()).contains("secretName=ca", "secretName=client");
    }

    @ParameterizedTest
    @MethodSource("placements")
    void mountsTheWorkloadApiAndNamesAuthorizedIds(Placement placement) {
        Rendered chart = helm.template(
                "--set",
                placement.settings() + ",spiffe.authorizedArtifactClients={spiffe://self/ns/flux-system/}"
                        + ",spiffe.authorizedArtifactServers={spiffe://self/a,spiffe://b.org}"
                        + ",spiffe.authorizedEventServers={spiffe://self/n},spiffe.csiDriver=csi.test");

        Manifest servers = chart.get("Deployment", placement.serverDeployment());
        assertThat(container(servers, placement.serverContainer(), "args"))
                .contains("--authorized-artifact-client-spiffe-id=spiffe://self/ns/flux-system/");
        assertThat(container(servers, placement.serverContainer(), "command")).contains("-Xmx200m");
        Manifest reconciler = chart.get("Deployment", "sluice-reconciler");
        assertThat(container(reconciler, 0, "args"))
                .contains(
                        "--storage-adv-addr=source-watcher.$(RUNTIME_NAMESPACE).svc.cluster.local.,",
                        "--authorized-artifact-server-spiffe-id=spiffe://self/a",
                        "--authorized-artifact-server-spiffe-id=spiffe://b.org",
                        "--authorized-event-server-spiffe-id=spiffe://self/n");
        for (String mounted : List.of(
                container(servers, placement.serverContainer(), "volumeMounts"),
                container(reconciler, 0, "volumeMounts"))) {
            assertThat(mounted).contains("mountPath=/spiffe-workload-api, readOnly=true");
        }
        for (String environment :
                List.of(container(servers, placement.serverContainer(), "env"), container(reconciler, 0, "env"))) {
            assertThat(environment)
                    .contains("name=SPIFFE_ENDPOINT_SOCKET, value=unix:///spiffe-workload-api/spire-agent.sock");
        }
        for (Manifest deployment : List.of(servers, reconciler)) {
            assertThat(deployment.at("spec", "template", "spec", "volumes").toString())
                    .containsOnlyOnce("driver=csi.test");
        }
        assertThat(chart.get("Service", "source-watcher").at("spec", "ports").toString())
                .contains(
                        "name=http, port=80, protocol=TCP, targetPort=https",
                        "name=https, port=443, protocol=TCP, targetPort=https");
        assertThat(chart.get("Pod", "sluice-test-served")
                        .at("spec", "containers")
                        .toString())
                .contains("curlimages/curl", "spiffe://source-watcher.");
    }

    /** The order of a migration without an outage: servers with both, then the clients, then TLS only. */
    @ParameterizedTest
    @MethodSource("placements")
    void servesPlainHttpFromASecondContainerDuringAMigration(Placement placement) {
        for (String tls : List.of(
                "tls.serverSecret=server,tls.caSecret=ca", "spiffe.authorizedArtifactClients={spiffe://self}")) {
            Rendered chart = helm.template("--set", placement.settings() + ",artifactServer.alsoPlain=true," + tls);

            Manifest servers = chart.get("Deployment", placement.serverDeployment());
            assertThat(container(servers, placement.serverContainer(), "args")).contains("--storage-addr=:9090");
            assertThat(container(servers, placement.serverContainer() + 1, "args"))
                    .contains("--storage-addr=:9091")
                    .doesNotContain("tls", "spiffe");
            assertThat(container(servers, placement.serverContainer() + 1, "ports"))
                    .contains("name=http, containerPort=9091", "name=plain-mgmt");
            assertThat(chart.get("NetworkPolicy", "sluice-artifacts")
                            .at("spec", "ingress", 0, "ports")
                            .toString())
                    .contains("port=http,", "port=https,");
        }
        assertThat(helm.template("--set", placement.settings() + ",artifactServer.alsoPlain=true")
                        .get("Service", "source-watcher")
                        .at("spec", "ports")
                        .toString())
                .doesNotContain("443");
    }

    /**
     * An upgrade changes the Service at once and the pods one after another. Each port that the Service has before and
     * after the step must lead to the same protocol in the pods of both, or downloads fail.
     */
    @ParameterizedTest
    @MethodSource("placements")
    void keepsTheProtocolOfEachServicePortInEachStepOfAMigration(Placement placement) {
        Rendered plain = helm.template("--set", placement.settings());
        for (String tls : List.of(
                ",tls.serverSecret=server,tls.caSecret=ca",
                ",spiffe.authorizedArtifactClients={spiffe://self},reconciler.verifyServed=false")) {
            Rendered both = helm.template("--set", placement.settings() + tls + ",artifactServer.alsoPlain=true");
            Rendered encrypted = helm.template("--set", placement.settings() + tls);

            for (Rendered pods : List.of(plain, both)) {
                for (Rendered services : List.of(plain, both)) {
                    assertThat(argsBehind(80, services, pods, placement))
                            .contains("--storage-addr")
                            .doesNotContain("--tls", "spiffe");
                }
            }
            for (Rendered pods : List.of(both, encrypted)) {
                for (Rendered services : List.of(both, encrypted)) {
                    assertThat(argsBehind(443, services, pods, placement))
                            .containsAnyOf("--tls-cert-file", "spiffe-id");
                }
            }
            assertThat(argsBehind(443, both, plain, placement)).isEmpty();
        }
    }

    /** The arguments of the container in these pods to which a port of the Service leads; empty if there is none. */
    private static String argsBehind(int port, Rendered services, Rendered pods, Placement placement) {
        String target = Manifest.list(services.get("Service", "source-watcher").at("spec", "ports")).stream()
                .map(Manifest::map)
                .filter(entry -> entry.get("port").equals(port))
                .map(entry -> String.valueOf(entry.get("targetPort")))
                .findFirst()
                .orElseThrow();
        Object containers =
                pods.get("Deployment", placement.serverDeployment()).at("spec", "template", "spec", "containers");
        return Manifest.list(containers).stream()
                .map(Manifest::map)
                .filter(container -> names(container.get("ports"), "name").contains(target))
                .map(container -> String.valueOf(container.get("args")))
                .findFirst()
                .orElse("");
    }

    private static String container(Manifest deployment, int index, String field) {
        return deployment
                .at("spec", "template", "spec", "containers", index, field)
                .toString();
    }

    @Test
    void mountsExistingClaim() {
        Rendered chart = helm.template("--set", "persistence.existingClaim=mine");

        assertThat(chart.of("PersistentVolumeClaim")).isEmpty();
        assertThat(chart.of("Deployment"))
                .hasSize(2)
                .allSatisfy(deployment -> assertThat(deployment.text(
                                "spec", "template", "spec", "volumes", 0, "persistentVolumeClaim", "claimName"))
                        .isEqualTo("mine"));
    }

    @Test
    void keepsCrdAndVolumeByDefault() {
        String policy = "helm.sh/resource-policy";
        Rendered kept = helm.template();
        Rendered gone = helm.template("--set", "crds.keep=false,persistence.retain=false");

        for (String kind : List.of("CustomResourceDefinition", "PersistentVolumeClaim")) {
            assertThat(kept.of(kind)).hasSize(1).allMatch(manifest -> manifest.has("metadata", "annotations", policy));
            assertThat(gone.of(kind)).hasSize(1).noneMatch(manifest -> manifest.has("metadata", "annotations", policy));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"persistence.enabled=true", "persistence.enabled=false"})
    void monitorsScrapeExistingPorts(String setting) {
        Rendered chart = helm.template(
                "--set", setting, "--set", "prometheus.podMonitor.create=true,prometheus.serviceMonitor.create=true");
        Set<String> ports = new TreeSet<>();
        for (Manifest deployment : chart.of("Deployment")) {
            for (Object container : Manifest.list(deployment.at("spec", "template", "spec", "containers"))) {
                assertThat(names(Manifest.map(container).get("ports"), "name")).containsAnyOf("http-prom", "http-mgmt");
                ports.addAll(names(Manifest.map(container).get("ports"), "name"));
            }
        }
        ports.retainAll(Set.of("http-prom", "http-mgmt"));
        Manifest service = chart.get("Service", "sluice-metrics");

        assertThat(names(chart.get("PodMonitor", "sluice").at("spec", "podMetricsEndpoints"), "port"))
                .hasSameElementsAs(ports);
        assertThat(names(chart.get("ServiceMonitor", "sluice").at("spec", "endpoints"), "port"))
                .hasSameElementsAs(ports);
        assertThat(names(service.at("spec", "ports"), "targetPort")).hasSameElementsAs(ports);
        assertThat(Manifest.map(service.at("metadata", "labels")))
                .containsAllEntriesOf(
                        Manifest.map(chart.get("ServiceMonitor", "sluice").at("spec", "selector", "matchLabels")));
    }

    private static List<String> names(Object list, String key) {
        return Manifest.list(list).stream()
                .map(item -> String.valueOf(Manifest.map(item).get(key)))
                .toList();
    }

    /**
     * The policy admits the clients that the chart itself creates: the reconciler's verification and {@code helm test}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"persistence.enabled=true", "persistence.enabled=false"})
    void networkPolicyAdmitsVerificationAndHelmTest(String setting) {
        Rendered chart = helm.template("--set", setting);
        List<Map<String, Object>> admitted = new ArrayList<>();
        for (Object peer :
                Manifest.list(chart.get("NetworkPolicy", "sluice-artifacts").at("spec", "ingress", 0, "from"))) {
            Object labels = Manifest.map(Manifest.map(peer).get("podSelector")).get("matchLabels");
            if (labels != null) {
                admitted.add(Manifest.map(labels));
            }
        }

        Manifest test = chart.get("Pod", "sluice-test-served");
        for (Object labels : List.of(
                test.at("metadata", "labels"),
                chart.get("Deployment", "sluice-reconciler").at("spec", "template", "metadata", "labels"))) {
            assertThat(admitted)
                    .anySatisfy(selector -> assertThat(Manifest.map(labels)).containsAllEntriesOf(selector));
        }
        assertThat(Manifest.strings(test.at("spec", "containers", 0, "command")))
                .contains("http://source-watcher.flux-system.svc.cluster.local./");
    }

    @Test
    void kubeStateMetricsReadsExistingFields() {
        String config = helm.template("--set", "prometheus.kubeStateMetrics.create=true")
                .get("ConfigMap", "sluice-kube-state-metrics")
                .text("data", "config.yaml");

        List<Object> resources = Manifest.list(Manifest.parse(config).get(0).at("spec", "resources"));
        assertThat(resources).hasSize(2);
        for (Object item : resources) {
            Manifest resource = new Manifest(Manifest.map(item));
            Manifest definition = definition(resource.text("groupVersionKind", "kind"));
            assertThat(definition.text("spec", "group")).isEqualTo(resource.text("groupVersionKind", "group"));
            Map<String, Object> labels = Manifest.map(resource.at("metrics", 0, "labelsFromPath"));
            assertThat(labels.values()).isNotEmpty().allSatisfy(path -> assertHas(definition, Manifest.strings(path)));
        }
    }

    private static Manifest definition(String kind) {
        return ToolkitCrds.manifests().stream()
                .map(yaml -> Manifest.parse(yaml).get(0))
                .filter(manifest -> manifest.text("spec", "names", "kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static void assertHas(Manifest definition, List<String> path) {
        if (path.get(0).equals("metadata")) {
            return; // all objects have metadata
        }
        Object schema = definition.at("spec", "versions", 0, "schema", "openAPIV3Schema");
        for (String step : path) {
            Map<String, Object> fields = Manifest.map(schema);
            Object properties = step.startsWith("[")
                    ? Manifest.map(fields.get("items")).get("properties")
                    : fields.get("properties");
            String field = step.startsWith("[") ? step.substring(1, step.indexOf('=')) : step;
            assertThat(Manifest.map(properties))
                    .as("%s of %s", path, definition)
                    .containsKey(field);
            schema = step.startsWith("[")
                    ? fields.get("items")
                    : Manifest.map(properties).get(field);
        }
    }
}
