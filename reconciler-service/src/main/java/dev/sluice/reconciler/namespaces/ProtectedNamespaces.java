package dev.sluice.reconciler.namespaces;

import dev.sluice.controller.apply.OwnedMetadata;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The namespaces that are never adopted, changed or deleted: those of Kubernetes, of Flux, of this controller, and those
 * that the administrator names.
 */
public final class ProtectedNamespaces {

    private static final String KUBERNETES = "kube-";
    private static final String PART_OF = "app.kubernetes.io/part-of";
    private static final String FLUX = "flux";

    private final List<String> patterns;
    private final String fieldManager;

    private ProtectedNamespaces(List<String> patterns, String fieldManager) {
        this.patterns = List.copyOf(patterns);
        this.fieldManager = fieldManager;
    }

    /**
     * Creates the list.
     *
     * @param names names, or prefixes followed by {@code *}, separated by commas
     * @param own the controller's namespace; empty if it is unknown
     * @param fieldManager the controller's field manager
     */
    public static ProtectedNamespaces of(String names, String own, String fieldManager) {
        List<String> patterns = new ArrayList<>(List.of("default", "flux-system", KUBERNETES + "*"));
        for (String name : names.split(",", -1)) {
            patterns.add(name.strip());
        }
        patterns.add(own);
        patterns.removeIf(String::isEmpty);
        return new ProtectedNamespaces(patterns, fieldManager);
    }

    /** Returns why a namespace of this name is protected; empty if it is not. */
    Optional<String> why(String name) {
        return patterns.stream()
                .filter(pattern -> matches(pattern, name))
                .findFirst()
                .map(pattern -> "it is protected");
    }

    /** Returns why this namespace is protected; empty if it is not. */
    Optional<String> why(V1ObjectMeta namespace) {
        Map<String, String> labels = Objects.requireNonNullElse(namespace.getLabels(), Map.of());
        boolean isOfFlux = FLUX.equals(labels.get(PART_OF))
                && !OwnedMetadata.of(namespace, fieldManager).labels().contains(PART_OF);
        return isOfFlux
                ? Optional.of("its label %s=%s protects it".formatted(PART_OF, FLUX))
                : why(Objects.requireNonNullElse(namespace.getName(), ""));
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(name);
    }
}
