package dev.sluice.kubetest.junit;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A Kubernetes API that tests run against. */
public interface KubernetesApi extends AutoCloseable {

    TestedApi kind();

    /** The name in test reports, such as {@code kube-apiserver}. */
    String name();

    /** The base URL, without a trailing slash. */
    URI url();

    /** The kubeconfig, for {@code kubectl --kubeconfig} and for our services. */
    Path kubeconfig();

    /**
     * Writes the kubeconfig with another server address, such as that of a proxy in front of this API.
     *
     * @throws IOException if the file cannot be written
     */
    Path kubeconfigFor(URI server) throws IOException;

    /** The faults that this API supports; empty for an existing cluster. */
    Optional<ApiFaults> faults();

    /** Keeps the logs, if any, and prints where they are; called when a test fails. */
    void keepLogs();

    /** Stops the API if this JVM started it; called once after all tests of this JVM. */
    @Override
    void close();

    /** Creates a client with administrator permissions and its own connections. */
    default ApiClient newClient() {
        return Clients.fromKubeconfig(kubeconfig());
    }
}
