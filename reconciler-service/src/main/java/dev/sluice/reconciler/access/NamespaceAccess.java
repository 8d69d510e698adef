package dev.sluice.reconciler.access;

import dev.sluice.controller.access.AccessAttributes;
import dev.sluice.controller.access.AccessReviews;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ApiKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a generator may create, change and delete a namespace. Namespaces always need an account, even where
 * artifacts do not. Thread-safe.
 */
public final class NamespaceAccess {

    private static final ApiKind KIND = new ApiKind("", "v1", "Namespace", "namespaces");
    private static final String DELETE = "delete";

    private final AccessReviews reviews;
    private final AccessRules rules;

    public NamespaceAccess(AccessReviews reviews, AccessRules rules) {
        this.reviews = reviews;
        this.rules = rules;
    }

    /** Why the generator must not manage any namespace; empty if it has an account. */
    public Optional<String> missingAccount(ArtifactGenerator generator) {
        return GeneratorAccount.exists(generator, rules.defaultServiceAccount())
                ? Optional.empty()
                : Optional.of("managing namespaces requires a service account; set spec.serviceAccountName");
    }

    /**
     * Why the generator must not manage this namespace; empty if it may.
     *
     * @param prune whether it deletes namespaces, too
     * @throws IOException if the API server does not respond; this is not a denial
     */
    public Optional<String> denial(ArtifactGenerator generator, String namespace, boolean prune) throws IOException {
        return denial(generator, namespace, prune ? List.of("create", "patch", DELETE) : List.of("create", "patch"));
    }

    /**
     * Why the generator must not delete this namespace; empty if it may.
     *
     * @throws IOException if the API server does not respond; this is not a denial
     */
    public Optional<String> deletionDenial(ArtifactGenerator generator, String namespace) throws IOException {
        return denial(generator, namespace, List.of(DELETE));
    }

    private Optional<String> denial(ArtifactGenerator generator, String namespace, List<String> verbs)
            throws IOException {
        Optional<GeneratorAccount> account = GeneratorAccount.of(generator, rules.defaultServiceAccount());
        if (account.isEmpty()) {
            return missingAccount(generator);
        }
        for (String verb : verbs) {
            AccessAttributes attributes = AccessAttributes.named(namespace, verb, KIND);
            if (!reviews.isAllowed(account.get().user(), attributes)) {
                return Optional.of("service account \"%s\" may not %s; it needs the verbs %s on namespaces"
                        .formatted(account.get().user(), attributes, String.join(", ", verbs)));
            }
        }
        return Optional.empty();
    }
}
