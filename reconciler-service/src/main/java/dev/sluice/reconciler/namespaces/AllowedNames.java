package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.cel.CelCondition;
import dev.sluice.reconciler.cel.CelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The expressions that say which namespaces a generator may manage. */
final class AllowedNames {

    /** No expression can allow these. */
    private static final Set<String> NEVER = Set.of("default", "kube-system", "kube-public", "flux-system");

    private final List<CelCondition> conditions;

    private AllowedNames(List<CelCondition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /** @throws CelException if an expression is invalid */
    static AllowedNames compile(List<String> expressions) throws CelException {
        List<CelCondition> conditions = new ArrayList<>();
        for (String expression : expressions) {
            conditions.add(CelCondition.compile(expression, "ns"));
        }
        return new AllowedNames(conditions);
    }

    /**
     * Checks that the generator may manage the namespace.
     *
     * @param generator the generator, for the message
     * @throws NamespaceFailure if no expression is true; permanent
     */
    void require(String namespace, String generator) throws NamespaceFailure {
        if (NEVER.contains(namespace)) {
            throw NamespaceFailure.permanent(
                    ("namespace \"%s\" is never managed, so ArtifactGenerator %s must not target it;"
                                    + " choose another namespace")
                            .formatted(namespace, generator));
        }
        List<String> failures = new ArrayList<>();
        for (CelCondition condition : conditions) {
            try {
                if (condition.test(namespace)) {
                    return;
                }
            } catch (CelException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        throw NamespaceFailure.permanent(
                "namespace \"%s\" is not allowed by spec.managedNamespaces.allowedNames of ArtifactGenerator %s%s"
                        .formatted(namespace, generator, failures.isEmpty() ? "" : ": " + String.join("; ", failures)));
    }
}
