package dev.sluice.kubetest.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The binaries of a control plane: a directory with {@code kube-apiserver}, {@code etcd} and {@code kubectl}, in the
 * layout of {@code KUBEBUILDER_ASSETS}.
 */
public record KubeAssets(Path directory) {

    /** System property with the directory; overrides the environment variable. */
    public static final String PROPERTY = "sluice.kubebuilder.assets";

    /** Environment variable with the directory. */
    public static final String ENVIRONMENT = "KUBEBUILDER_ASSETS";

    /**
     * Finds the directory by the system property, then by the environment variable; empty if neither is set.
     *
     * @throws IllegalStateException if the directory has no kube-apiserver or etcd, so that a wrong setting is not
     *     mistaken for a machine without the binaries
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

    /** The kubectl binary; it may not exist. */
    public Path kubectl() {
        return directory.resolve("kubectl");
    }

    private KubeAssets requireControlPlane() {
        if (Files.isExecutable(kubeApiServer()) && Files.isExecutable(etcd())) {
            return this;
        }
        throw new IllegalStateException("no executable kube-apiserver and etcd in \"" + directory + "\"; correct "
                + ENVIRONMENT + " (or -D" + PROPERTY + "), or unset it to run without a real API server");
    }
}
