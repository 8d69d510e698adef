package dev.sluice.kubetest.junit;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;

/** A namespace for the duration of one test. */
record OwnNamespace(CoreV1Api core, String name) implements AutoCloseable {

    static OwnNamespace create(ApiClient client) {
        CoreV1Api core = new CoreV1Api(client);
        V1Namespace wanted = new V1Namespace().metadata(new V1ObjectMeta().generateName("sluice-test-"));
        try {
            V1ObjectMeta made = core.createNamespace(wanted).execute().getMetadata();
            return new OwnNamespace(
                    core, Objects.requireNonNull(Objects.requireNonNull(made).getName()));
        } catch (ApiException e) {
            throw new IllegalStateException("cannot create a namespace for the test: " + e.getResponseBody(), e);
        }
    }

    /** Requests the deletion without waiting; a server that a test has stopped may not receive the request. */
    @Override
    public void close() {
        try {
            core.deleteNamespace(name).execute();
        } catch (ApiException e) {
            Notice.once("cannot delete all test namespaces: " + e.getMessage());
        }
    }
}
