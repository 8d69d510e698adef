package dev.sluice.kubetest.junit;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An existing cluster, given by a kubeconfig. Tests must not break or stop it. */
final class ExistingCluster implements KubernetesApi {

    private final String name;
    private final Path kubeconfig;
    private final URI url;

    ExistingCluster(String name, Path kubeconfig) {
        this.name = name;
        this.kubeconfig = kubeconfig;
        this.url = address(Clients.fromKubeconfig(kubeconfig));
    }

    private static URI address(ApiClient client) {
        String path = client.getBasePath();
        return URI.create(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    @Override
    public TestedApi kind() {
        return TestedApi.REAL;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Path kubeconfigFor(URI server) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, Object> config = new LinkedHashMap<>(yaml.load(Files.readString(kubeconfig)));
        config.put(
                "clusters",
                ((List<?>) config.getOrDefault("clusters", List.of()))
                        .stream().map(cluster -> withServer(cluster, server)).toList());
        Path file = Files.createTempFile("sluice-kubeconfig-", ".yaml");
        file.toFile().deleteOnExit();
        return Files.writeString(file, yaml.dump(config));
    }

    private static Object withServer(Object cluster, URI server) {
        Map<Object, Object> named = new LinkedHashMap<>((Map<?, ?>) cluster);
        Map<Object, Object> details = new LinkedHashMap<>((Map<?, ?>) named.get("cluster"));
        details.put("server", server.toString());
        named.put("cluster", details);
        return named;
    }

    @Override
    public Optional<ApiFaults> faults() {
        return Optional.empty();
    }

    @Override
    public void keepLogs() {
        // the cluster's own logs remain available
    }

    @Override
    public void close() {
        // the cluster keeps running
    }
}
