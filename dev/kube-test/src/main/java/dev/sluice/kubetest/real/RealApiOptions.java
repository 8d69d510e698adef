package dev.sluice.kubetest.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a real API server is started.
 *
 * @param assets the binaries
 * @param workDirectory where a directory for keys, data and logs is made
 * @param startTimeout how long etcd and kube-apiserver together may take until ready
 * @param authorization the value of {@code --authorization-mode}; the token of the kubeconfig passes in every mode
 * @param flags further flags of kube-apiserver, without the dashes; they win over ours
 */
public record RealApiOptions(
        KubeAssets assets, Path workDirectory, Duration startTimeout, String authorization, Map<String, String> flags) {

    public RealApiOptions {
        flags = Map.copyOf(flags);
    }

    /**
     * RBAC, the directory for temporary files, three minutes to start (a loaded machine is slow, a hung one is not
     * waited for).
     */
    public static RealApiOptions of(KubeAssets assets) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return new RealApiOptions(assets, temporary, Duration.ofMinutes(3), "RBAC", Map.of());
    }

    public RealApiOptions in(Path directory) {
        return new RealApiOptions(assets, directory, startTimeout, authorization, flags);
    }

    /** The same with one more flag for kube-apiserver. */
    public RealApiOptions withFlag(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(flags);
        more.put(name, value);
        return new RealApiOptions(assets, workDirectory, startTimeout, authorization, more);
    }
}
