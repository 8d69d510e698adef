package dev.sluice.kubeapi.real;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a real API server is started.
 *
 * @param assets the binaries
 * @param startTimeout how long etcd and kube-apiserver together may take until ready
 * @param authorization the value of {@code --authorization-mode}; the token of the kubeconfig passes in every mode
 * @param flags further flags of kube-apiserver, without the dashes; they win over ours
 */
public record RealApiOptions(
        KubeAssets assets, Duration startTimeout, String authorization, Map<String, String> flags) {

    public RealApiOptions {
        flags = Map.copyOf(flags);
    }

    /** RBAC, three minutes to start (a loaded machine is slow, a hung one is not waited for). */
    public static RealApiOptions of(KubeAssets assets) {
        return new RealApiOptions(assets, Duration.ofMinutes(3), "RBAC", Map.of());
    }

    /** The same with one more flag for kube-apiserver. */
    public RealApiOptions withFlag(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(flags);
        more.put(name, value);
        return new RealApiOptions(assets, startTimeout, authorization, more);
    }
}
