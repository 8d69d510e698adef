package dev.sluice.controller.source;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Creates clients with the configuration that the Kubernetes client finds, for {@link ExternalArtifactController#start}. */
public final class StandardClient {

    private static final Path TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private StandardClient() {}

    /**
     * Creates a client with {@code KUBECONFIG}, {@code ~/.kube/config} or the pod's account.
     *
     * @throws IllegalStateException if there is no configuration
     * @throws UncheckedIOException if it cannot be read
     */
    public static ApiClient create() {
        requireConfiguration(System.getenv(), TOKEN);
        try {
            return ClientBuilder.standard().build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the Kubernetes client configuration: " + e.getMessage(), e);
        }
    }

    /** Without a configuration, the client would try localhost:8080, and its failure would not say why. */
    static void requireConfiguration(Map<String, String> environment, Path token) {
        boolean found = !environment.getOrDefault("KUBECONFIG", "").isEmpty()
                || Files.exists(Path.of(environment.getOrDefault("HOME", ""), ".kube", "config"))
                || Files.exists(token);
        if (!found) {
            throw new IllegalStateException("no Kubernetes client configuration: set KUBECONFIG, create"
                    + " $HOME/.kube/config, or run in a pod with a service account");
        }
    }
}
