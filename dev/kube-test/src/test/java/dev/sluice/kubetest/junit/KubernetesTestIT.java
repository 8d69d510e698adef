package dev.sluice.kubetest.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@KubernetesTest
final class KubernetesTestIT {

    @RegisterExtension
    static final PerApi<Shared> SHARED = new PerApi<>(Shared::new);

    private static final List<Shared> MADE = new ArrayList<>();

    private final KubernetesApi api;

    KubernetesTestIT(KubernetesApi api) {
        this.api = api;
    }

    @Test
    void injectsWorkingClient(ApiClient client, @TestNamespace String namespace) throws Exception {
        CoreV1Api core = new CoreV1Api(client);
        V1ConfigMap wanted = new V1ConfigMap().metadata(new V1ObjectMeta().name("one"));

        V1ConfigMap made = core.createNamespacedConfigMap(namespace, wanted).execute();

        assertThat(made.getMetadata().getUid()).isNotBlank();
        assertThat(core.listNamespacedConfigMap(namespace).execute().getItems()).isNotEmpty();
    }

    @Test
    void writesKubeconfigForProxy() throws Exception {
        assertThat(Files.readString(api.kubeconfigFor(java.net.URI.create("https://127.0.0.1:1"))))
                .contains("https://127.0.0.1:1")
                .doesNotContain(api.url().toString());
    }

    @RepeatedTest(2)
    void sharesResourcePerApi() throws Exception {
        Shared shared = SHARED.on(api);

        assertThat(shared.on).isSameAs(api);
        assertThat(SHARED.on(api)).isSameAs(shared);
        assertThat(MADE).filteredOn(made -> made.on == api).containsExactly(shared);
        assertThat(MADE).filteredOn(made -> !made.closed).containsExactly(shared);
    }

    @AfterAll
    static void sharedResourcesAreClosed() {
        assertThat(MADE).isNotEmpty().allMatch(made -> made.closed);
    }

    private static final class Shared implements AutoCloseable {

        private final KubernetesApi on;
        private boolean closed;

        Shared(KubernetesApi on) {
            this.on = on;
            MADE.add(this);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
