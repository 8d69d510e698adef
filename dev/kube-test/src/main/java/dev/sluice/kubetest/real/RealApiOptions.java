package dev.sluice.kubetest.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options of a real API server.
 *
 * @param assets the binaries
 * @param workDirectory parent of the directory for keys, data and logs
 * @param startTimeout time limit for etcd and kube-apiserver together to become ready
 * @param authorization the value of {@code --authorization-mode}; the kubeconfig's token is accepted in every mode
 * @param flags additional flags of kube-apiserver, without dashes; they override the default ones
 */
public record RealApiOptions(
        KubeAssets assets, Path workDirectory, Duration startTimeout, String authorization, Map<String, String> flags) {

    public RealApiOptions {
        flags = Map.copyOf(flags);
    }

    /** RBAC, the directory for temporary files, and a start timeout of three minutes for slow machines. */
    public static RealApiOptions of(KubeAssets assets) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return new RealApiOptions(assets, temporary, Duration.ofMinutes(3), "RBAC", Map.of());
    }

    public RealApiOptions in(Path directory) {
        return new RealApiOptions(assets, directory, startTimeout, authorization, flags);
    }

    /** Returns a copy with an additional flag of kube-apiserver. */
    public RealApiOptions withFlag(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(flags);
        more.put(name, value);
        return new RealApiOptions(assets, workDirectory, startTimeout, authorization, more);
    }
}
