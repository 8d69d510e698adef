package dev.sluice.kubeapi.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@KubernetesTest
final class KubernetesTestIT {

    private final KubernetesApi api;

    KubernetesTestIT(KubernetesApi api) {
        this.api = api;
    }

    @Test
    void givesAClientThatWorks(ApiClient client, @TestNamespace String namespace) throws Exception {
        CoreV1Api core = new CoreV1Api(client);
        V1ConfigMap wanted = new V1ConfigMap().metadata(new V1ObjectMeta().name("one"));

        V1ConfigMap made = core.createNamespacedConfigMap(namespace, wanted).execute();

        assertThat(made.getMetadata().getUid()).isNotBlank();
        assertThat(core.listNamespacedConfigMap(namespace).execute().getItems()).isNotEmpty();
    }

    @Test
    void writesAKubeconfigForAProxy() throws Exception {
        assertThat(Files.readString(api.kubeconfigFor(java.net.URI.create("https://127.0.0.1:1"))))
                .contains("https://127.0.0.1:1")
                .doesNotContain(api.url().toString());
    }
}
