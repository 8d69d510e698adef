package dev.sluice.kubetest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import org.junit.jupiter.api.Test;

/** The example test in README.md. */
// region test
@KubernetesTest
final class SecretsIT {

    @Test
    void listsSecretsOfNamespace(ApiClient client, @TestNamespace String namespace) throws Exception {
        assertThat(new CoreV1Api(client)
                        .listNamespacedSecret(namespace)
                        .execute()
                        .getItems())
                .isEmpty();
    }
}
// endregion
