package dev.sluice.examples.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.kubetest.real.KubeAssets;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The permissions in the manifest are sufficient and minimal. */
@KubernetesTest(TestedApi.REAL)
@Timeout(120)
final class ServiceAccountIT {

    private static final String ACCOUNT = "system:serviceaccount:flux-system:git-repository-watcher";

    private static final String REPOSITORIES = "gitrepositories.source.toolkit.fluxcd.io";

    @TempDir
    Path volume;

    private final KubernetesApi api;
    private final ObjectKey key;

    ServiceAccountIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.key = new ObjectKey(namespace, "test");
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @BeforeEach
    void applyManifest() throws IOException, InterruptedException {
        assumeTrue(KubeAssets.find().isPresent(), "needs kubectl, as in KUBEBUILDER_ASSETS");
        try (Repositories repositories = new Repositories(api.newClient(), volume, () -> true)) {
            repositories.installDefinition();
        }
        kubectl("create", "namespace", "flux-system");
        assertThat(kubectl("apply", "--server-side", "--validate=strict", "-f", "manifests/rbac.yaml"))
                .contains("clusterrole.rbac.authorization.k8s.io/git-repository-watcher serverside-applied");
        // the API server applies new permissions after a moment
        await().until(() -> may("watch", REPOSITORIES).equals("yes"));
    }

    @Test
    void watcherWorksWithItsPermissions() throws IOException, InterruptedException {
        String token = kubectl("-n", "flux-system", "create", "token", "git-repository-watcher")
                .strip();
        String own = Files.readString(api.kubeconfig()).replaceAll("token: .*", "token: " + token);
        ApiClient client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(own)))
                .build();
        try (Repositories repositories = new Repositories(api.newClient(), volume, () -> true)) {
            repositories.installDefinition();
            repositories.create(key);
            repositories.offer(key, repositories.store(key, "main@sha1:1", "manifests/a.yaml"), "stored artifact");
            WatcherOptions options =
                    WatcherOptions.parse(List.of(), Map.of("SOURCE_CONTROLLER_LOCALHOST", repositories.localAddress()));
            try (CapturedLog log = new CapturedLog();
                    Watcher watcher = Watcher.start(client, options)) {
                await().untilAsserted(() -> assertThat(log.messages()).contains("Processing manifests"));
                assertThat(watcher).isNotNull();
            }
        }
    }

    @Test
    void permissionsAreMinimal() throws IOException, InterruptedException {
        assertThat(may("patch", REPOSITORIES)).isEqualTo("no");
        assertThat(may("get", "secrets")).isEqualTo("no");
    }

    private String may(String verb, String resource) throws IOException, InterruptedException {
        return kubectl("auth", "can-i", verb, resource, "--as=" + ACCOUNT)
                .lines()
                .reduce((first, last) -> last)
                .orElse("");
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(KubeAssets.find().orElseThrow().kubectl().toString(), "--kubeconfig=" + api.kubeconfig()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}
