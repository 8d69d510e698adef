package dev.sluice.examples.crud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.helm.HelmReleaseSpec;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.HelmRepository;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the example against the in-memory API and, if available, a real API server, with a fake helm-controller. */
@KubernetesTest
@Timeout(180)
final class CrudExampleIT {

    private final ApiClient client;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    CrudExampleIT(ApiClient client) {
        this.client = client;
    }

    @BeforeEach
    void createTheCrds() throws IOException {
        Definitions.create(client);
    }

    @Test
    void createsBothWaitsPrintsTheMessageAndDeletesBoth(@TestNamespace String namespace, ApiClient controllersClient)
            throws Exception {
        try (FakeHelmController controller = FakeHelmController.start(controllersClient, namespace)) {
            example(Duration.ofSeconds(60)).run(namespace);

            assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "HelmRepository bitnami created",
                            "HelmRelease nginx created",
                            "Waiting for nginx to be installed",
                            FakeHelmController.MESSAGE,
                            "Helm repository and release deleted");
            HelmReleaseSpec sent = controller.seen().get(0).spec();
            assertThat(ToolkitJson.gson().toJson(sent)).isEqualTo("""
                    {"interval":"5m0s","chart":{"spec":{"chart":"nginx",\
                    "sourceRef":{"kind":"HelmRepository","name":"bitnami"},"version":"8.x"}},\
                    "releaseName":"nginx","values":{"service":{"type":"ClusterIP"}}}""");
        }
        assertBothDeleted(namespace);
    }

    @Test
    void failsAtDeadlineAndDeletesBoth(@TestNamespace String namespace) {
        assertThatThrownBy(() -> example(Duration.ofSeconds(8)).run(namespace))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("HelmRelease " + namespace + "/nginx is not ready within PT");

        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(FakeHelmController.MESSAGE, "deleted");
        assertBothDeleted(namespace);
    }

    @Test
    void doesNotDeleteExistingRelease(@TestNamespace String namespace) throws Exception {
        HelmReleaseSpec spec =
                HelmReleaseSpec.builder().interval(Duration.ofHours(1)).build();
        HelmRelease standing =
                new HelmRelease(new V1ObjectMeta().namespace(namespace).name("nginx"), spec);
        HelmRelease.TYPE.api(client).create(standing).throwsApiException();

        assertThatThrownBy(() -> example(Duration.ofSeconds(60)).run(namespace)).isInstanceOf(ApiException.class);

        assertThat(HelmRelease.TYPE
                        .api(client)
                        .get(namespace, "nginx")
                        .getObject()
                        .spec())
                .isEqualTo(spec);
        assertThat(HelmRepository.TYPE.api(client).get(namespace, "bitnami").getHttpStatusCode())
                .isEqualTo(404);
    }

    @Test
    void deadlineCancelsUnansweredCall() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ApiClient unanswered = Config.fromUrl("http://127.0.0.1:" + silent.getLocalPort());
            CrudExample example = new CrudExample(unanswered, Duration.ofSeconds(1), new PrintStream(printed));

            assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThatThrownBy(() -> example.run("apps"))
                            .hasCauseInstanceOf(InterruptedIOException.class));
        }
        assertThat(printed.size()).isZero();
    }

    private CrudExample example(Duration within) {
        return new CrudExample(client, within, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private void assertBothDeleted(String namespace) {
        assertThat(HelmRelease.TYPE.api(client).get(namespace, "nginx").getHttpStatusCode())
                .isEqualTo(404);
        assertThat(HelmRepository.TYPE.api(client).get(namespace, "bitnami").getHttpStatusCode())
                .isEqualTo(404);
    }
}
