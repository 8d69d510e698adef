package dev.sluice.kubeapi.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** k3s in a container. Apart from the rest, so that Testcontainers is loaded only where Docker may run. */
final class K3s {

    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.35.4-k3s1");

    private K3s() {}

    /** Empty, with a line that says so, where Docker does not answer or the image cannot be had. */
    static Optional<KubernetesApi> start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            Notice.once("k3s: Docker does not answer; untried");
            return Optional.empty();
        }
        K3sContainer container = new K3sContainer(IMAGE);
        try {
            container.start();
            Path kubeconfig = Files.createTempFile("sluice-k3s-", ".kubeconfig");
            Files.writeString(kubeconfig, container.getKubeConfigYaml());
            kubeconfig.toFile().deleteOnExit();
            return Optional.of(new GivenCluster("k3s", kubeconfig, container::stop));
        } catch (RuntimeException | IOException e) {
            container.stop();
            Notice.once("k3s: " + IMAGE + " does not start (" + e.getMessage() + "); untried");
            return Optional.empty();
        }
    }
}
