package dev.sluice.reconciler;

import java.util.Map;

/** Which namespace the informers look at. */
final class WatchedNamespace {

    static final String ENVIRONMENT = "RUNTIME_NAMESPACE";

    private WatchedNamespace() {}

    /**
     * Empty for all namespaces.
     *
     * @throws IllegalArgumentException when one namespace is asked for and the environment does not say which
     */
    static String of(ReconcilerSettings settings, Map<String, String> environment) {
        if (settings.watchAllNamespaces()) {
            return "";
        }
        String namespace = environment.getOrDefault(ENVIRONMENT, "");
        if (namespace.isEmpty()) {
            throw new IllegalArgumentException(
                    "--watch-all-namespaces=false needs the namespace in the environment variable " + ENVIRONMENT);
        }
        return namespace;
    }
}
