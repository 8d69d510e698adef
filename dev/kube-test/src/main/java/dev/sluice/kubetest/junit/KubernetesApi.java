package dev.sluice.kubetest.junit;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** One Kubernetes API that tests run against. */
public interface KubernetesApi extends AutoCloseable {

    TestedApi kind();

    /** What reports call it, such as {@code kube-apiserver}. */
    String name();

    /** Where it listens, without a trailing slash. */
    URI url();

    /** The client's configuration, for {@code kubectl --kubeconfig} and for our services. */
    Path kubeconfig();

    /**
     * The same configuration with {@code server} in place of our address, for a proxy in front of us.
     *
     * @throws IOException if the file cannot be written
     */
    Path kubeconfigFor(URI server) throws IOException;

    /** The faults that this API can be made to show; empty for a cluster that is not ours to break. */
    Optional<ApiFaults> faults();

    /** Keeps the logs, if there are any, and says where they are: a test has failed. */
    void keepLogs();

    /** Ends it, if we started it; called once, when the tests of this JVM are over. */
    @Override
    void close();

    /** A new client as administrator, with its own connections. */
    default ApiClient newClient() {
        return Clients.fromKubeconfig(kubeconfig());
    }
}
