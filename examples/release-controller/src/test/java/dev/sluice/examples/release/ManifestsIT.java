package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.controller.apply.ApplyBody;
import dev.sluice.controller.apply.ServerSideApplier;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All manifests on a real API server, and the controller as a process with its service account's token. The controller
 * has all permissions that it needs, and no other account can publish.
 */
@KubernetesTest(TestedApi.REAL)
@Timeout(180)
final class ManifestsIT {

    private static final String ACCOUNT = "system:serviceaccount:flux-system:release-controller";

    @TempDir
    Path directory;

    private final KubernetesApi api;
    private final Cluster cluster;
    private final ObjectKey key;
    private Kubectl kubectl;

    ManifestsIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.cluster = new Cluster(api.newClient());
        this.key = new ObjectKey(namespace, "app");
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(100));
    }

    @BeforeEach
    void applyManifests() throws IOException, InterruptedException {
        Optional<Kubectl> found = Kubectl.find(api.kubeconfig());
        assumeTrue(found.isPresent(), "needs kubectl, as in KUBEBUILDER_ASSETS");
        kubectl = found.get();
        cluster.apply(ToolkitCrds.manifest("externalartifacts"));
        kubectl.run("create", "namespace", "flux-system");
        kubectl.applyStrictly(Cluster.MANIFESTS);
        cluster.installDefinitions();
        // the API server applies new permissions after a moment
        await().until(() -> may("patch", "externalartifacts/status").equals("yes")
                && may("list", "externalartifacts").equals("yes"));
    }

    @AfterEach
    void removePolicy() throws IOException, InterruptedException {
        if (kubectl != null) {
            kubectl.succeed(
                    "delete",
                    "-f",
                    Cluster.MANIFESTS.resolve("admission-policy.yaml").toString());
        }
    }

    @Test
    void onlyTheControllersAccountCanPublish() throws Exception {
        Path volume = Files.createDirectory(directory.resolve("data"));
        try (UpstreamServer upstream = UpstreamServer.http();
                ControllerProcess controller = ControllerProcess.start(
                        kubeconfigOfTheAccount(),
                        directory.resolve("log"),
                        "--storage-path=" + volume,
                        "--storage-addr=127.0.0.1:0",
                        "--health-addr=127.0.0.1:0",
                        "--storage-adv-addr=" + Running.ADDRESS,
                        "--enable-leader-election",
                        // releases of other tests still exist, but their servers do not
                        "--http-retry=0",
                        "--concurrent=10",
                        "--no-cross-namespace-refs")) {
            awaitPolicy();
            upstream.release("1.0.0", "kind: One");
            applyRelease(upstream);

            await().untilAsserted(() -> assertThat(cluster.artifact(key)
                            .filter(ExternalArtifact::isReady)
                            .isPresent())
                    .as(controller.log())
                    .isTrue());
            await().untilAsserted(() -> assertThat(cluster.events(key.namespace()))
                    .anyMatch(event -> event.startsWith("Normal NewArtifact")));
            assertOthersCannotPublish();
            cluster.delete(key);
            await().untilAsserted(() ->
                    assertThat(cluster.release(key)).as(controller.log()).isEmpty());
            assertThat(cluster.artifact(key)).isEmpty();
            // namespaces of other tests may be terminating, where no events can be created
            assertThat(controller.log().lines().filter(line -> !line.contains("being terminated")))
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("forbidden"));
        }
    }

    /** Not even an administrator can publish, with or without the status subresource; all accounts can set labels. */
    private void assertOthersCannotPublish() throws IOException, InterruptedException {
        String name = "externalartifact/" + key.name();
        String evil = "{\"status\":{\"artifact\":{\"url\":\"http://evil.example.com/x.tar.gz\"}}}";
        Kubectl.Answer status =
                kubectl.run("-n", key.namespace(), "patch", name, "--subresource=status", "--type=merge", "-p", evil);
        assertThat(status.text()).contains("denied", "are not for");
        Kubectl.Answer spec = kubectl.run(
                "-n", key.namespace(), "patch", name, "--type=merge", "-p", "{\"spec\":{\"sourceRef\":null}}");
        assertThat(spec.text()).contains("denied", "are not for");
        kubectl.succeed("-n", key.namespace(), "label", name, "team=x");
        ApplyBody elsewhere = ApplyBody.of(ExternalArtifact.TYPE.kind(), key)
                .with("status", Map.of("artifact", Map.of("url", "http://evil.example.com/x.tar.gz")));
        ServerSideApplier asAccount = new ServerSideApplier(
                new ApiRequests(clientOfTheAccount(), Duration.ofSeconds(30)), "another client with the token");
        assertThatThrownBy(() -> asAccount.applyStatus(elsewhere, ExternalArtifact.class))
                .hasMessageContaining("not served by the controller");
    }

    private ApiClient clientOfTheAccount() throws IOException, InterruptedException {
        String config = Files.readString(kubeconfigOfTheAccount());
        return ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(config)))
                .build();
    }

    @Test
    void accountPermissionsAreMinimal() throws IOException, InterruptedException {
        assertThat(may("list", "secrets")).isEqualTo("no");
        assertThat(may("get", "secrets")).isEqualTo("yes");
        assertThat(may("update", "projectreleases")).isEqualTo("no");
        assertThat(may("delete", "projectreleases")).isEqualTo("no");
    }

    @Test
    void patchesForSpiffeAddTheWorkloadApiAndThePortOfItsClients() throws IOException, InterruptedException {
        V1Deployment current =
                Yaml.loadAs(Files.readString(Cluster.MANIFESTS.resolve("deployment.yaml")), V1Deployment.class);
        List<String> arguments =
                new ArrayList<>(Objects.requireNonNull(container(current).getArgs()));

        V1Deployment patched = Yaml.loadAs(patch("deployment"), V1Deployment.class);

        arguments.add("--authorized-artifact-client-spiffe-id=spiffe://self/ns/flux-system/");
        assertThat(container(patched).getArgs()).isEqualTo(arguments);
        assertThat(container(patched).getEnv()).hasSize(2);
        assertThat(container(patched).getVolumeMounts()).hasSize(3);
        assertThat(patch("service")).contains("port: 80\n", "port: 443\n");
    }

    private static V1Container container(V1Deployment deployment) {
        return Objects.requireNonNull(Objects.requireNonNull(deployment.getSpec())
                        .getTemplate()
                        .getSpec())
                .getContainers()
                .get(0);
    }

    private String patch(String kind) throws IOException, InterruptedException {
        Path patch = Cluster.MANIFESTS.resolve("spiffe").resolve(kind + ".yaml");
        return kubectl.succeed(
                "-n",
                "flux-system",
                "patch",
                kind,
                "release-controller",
                "--patch-file=" + patch,
                "--dry-run=server",
                "-o=yaml");
    }

    private String may(String verb, String resource) throws IOException, InterruptedException {
        return kubectl.run("auth", "can-i", verb, resource, "--as=" + ACCOUNT, "-n", key.namespace())
                .text()
                .lines()
                .reduce((first, last) -> last)
                .orElse("");
    }

    /** Waits until the API server enforces the policy. */
    private void awaitPolicy() {
        await().until(() -> kubectl.run(
                        "-n", key.namespace(), "create", "--dry-run=server", "-f", write("artifact.yaml", """
                                apiVersion: source.toolkit.fluxcd.io/v1
                                kind: ExternalArtifact
                                metadata: {name: probe}
                                spec: {}
                                """))
                .text()
                .contains("denied"));
    }

    private void applyRelease(UpstreamServer upstream) throws IOException {
        cluster.apply("""
                apiVersion: examples.sluice.dev/v1
                kind: ProjectRelease
                metadata: {name: %s, namespace: %s}
                spec:
                  url: %s
                  version: 1.0.0
                  file: app-{version}.tar.gz
                  checksumFile: SHA256SUMS
                  interval: 10m
                """.formatted(key.name(), key.namespace(), upstream.url()));
    }

    private Path kubeconfigOfTheAccount() throws IOException, InterruptedException {
        String token = kubectl.succeed("-n", "flux-system", "create", "token", "release-controller");
        String admin = Files.readString(api.kubeconfig());
        return Path.of(write("kubeconfig", admin.replaceAll("token: .*", "token: " + token)));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void usageManifestsAreAccepted() throws IOException, InterruptedException {
        String text = Files.readString(Cluster.MANIFESTS.resolve("usage/release.yaml"));
        String inNamespace = text.replace("namespace: apps", "namespace: " + key.namespace());
        kubectl.applyStrictly(Path.of(write("release.yaml", inNamespace)));

        assertThat(cluster.release(new ObjectKey(key.namespace(), "podinfo"))).isPresent();
        assertThat(cluster.release(new ObjectKey(key.namespace(), "podinfo-chart")))
                .isPresent();
    }

    @Test
    void crdRejectsInvalidSpecs() throws IOException, InterruptedException {
        Path release = Path.of(write("wrong.yaml", """
                apiVersion: examples.sluice.dev/v1
                kind: ProjectRelease
                metadata: {name: wrong, namespace: %s}
                spec:
                  url: https://user:password@releases.example.com/x
                  version: 1.0.0
                  file: ../secret.tar.gz
                  checksumFile: SHA256SUMS
                  interval: 10m
                """.formatted(key.namespace())));
        assertThat(kubectl.run("apply", "-f", release.toString()).text())
                .contains("spec.url", "spec.file")
                .doesNotContain("created");
        write("wrong.yaml", """
                apiVersion: examples.sluice.dev/v1
                kind: ProjectRelease
                metadata: {name: wrong, namespace: %s}
                spec:
                  url: http://releases.example.com/x
                  version: 1.0.0
                  file: app.tar.gz
                  checksumFile: SHA256SUMS
                  secretRef: {name: login}
                  interval: 10m
                """.formatted(key.namespace()));
        assertThat(kubectl.run("apply", "-f", release.toString()).text()).contains("starts with https://");
    }
}
