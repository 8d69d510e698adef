package dev.sluice.reconciler;

import java.util.Map;

/** Determines the namespace that the informers watch. */
final class WatchedNamespace {

    static final String ENVIRONMENT = "RUNTIME_NAMESPACE";

    private WatchedNamespace() {}

    /**
     * Returns the watched namespace; empty for all.
     *
     * @throws IllegalArgumentException if a single namespace is configured and the environment does not name it
     */
    static String of(ReconcilerSettings settings, Map<String, String> environment) {
        if (settings.watchAllNamespaces()) {
            return "";
        }
        String namespace = environment.getOrDefault(ENVIRONMENT, "");
        if (namespace.isEmpty()) {
            throw new IllegalArgumentException(
                    "--watch-all-namespaces=false requires the environment variable " + ENVIRONMENT);
        }
        return namespace;
    }
}
