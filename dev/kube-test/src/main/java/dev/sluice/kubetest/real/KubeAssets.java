package dev.sluice.kubetest.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The binaries of a control plane: a directory with {@code kube-apiserver}, {@code etcd} and {@code kubectl}, the
 * layout that {@code KUBEBUILDER_ASSETS} names in the Kubernetes ecosystem.
 */
public record KubeAssets(Path directory) {

    /** Names the directory; wins over the environment. */
    public static final String PROPERTY = "sluice.kubebuilder.assets";

    /** Names the directory, by the ecosystem's convention. */
    public static final String ENVIRONMENT = "KUBEBUILDER_ASSETS";

    /**
     * Finds the directory by the system property, then by the environment variable. Neither set means empty.
     *
     * @throws IllegalStateException if the directory is named but lacks kube-apiserver or etcd: a wrong setting must
     *     not look like a machine without the binaries
     */
    public static Optional<KubeAssets> find() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv(ENVIRONMENT)))
                .filter(name -> !name.isBlank())
                .map(name -> new KubeAssets(Path.of(name)).requireControlPlane());
    }

    Path kubeApiServer() {
        return directory.resolve("kube-apiserver");
    }

    Path etcd() {
        return directory.resolve("etcd");
    }

    /** The client binary; it may be missing. */
    public Path kubectl() {
        return directory.resolve("kubectl");
    }

    private KubeAssets requireControlPlane() {
        if (Files.isExecutable(kubeApiServer()) && Files.isExecutable(etcd())) {
            return this;
        }
        throw new IllegalStateException("no executable kube-apiserver and etcd in \"" + directory + "\": correct "
                + ENVIRONMENT + " (or -D" + PROPERTY + "), or unset it to go on without a real API server");
    }
}
