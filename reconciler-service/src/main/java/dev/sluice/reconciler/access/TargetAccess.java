package dev.sluice.reconciler.access;

import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.controller.access.AccessAttributes;
import dev.sluice.controller.access.AccessReviews;
import dev.sluice.controller.access.ServiceAccountUser;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a generator may write and delete ExternalArtifacts in a namespace. An account that the generator names
 * is checked for every namespace, the controller's default account only for other namespaces. A denial does
 * not disclose whether the namespace exists. Thread-safe.
 */
public final class TargetAccess {

    private static final ApiKind KIND = ExternalArtifact.TYPE.kind();
    private static final String DELETE = "delete";

    private static final int MAX_REMEMBERED = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(TargetAccess.class);

    private final AccessReviews reviews;
    private final AccessRules rules;

    /** UIDs of the generators that were reported; a set of bounded size. */
    private final Map<String, Boolean> reported = Collections.synchronizedMap(new LruMap<>(MAX_REMEMBERED));

    public TargetAccess(AccessReviews reviews, AccessRules rules) {
        this.reviews = reviews;
        this.rules = rules;
    }

    /**
     * Why the generator must not publish some of these ExternalArtifacts; those that it may publish are not in the result.
     * Sends at most four access reviews for each namespace, and only one if the account has no access to it.
     *
     * @throws IOException if the API server does not respond; this is not a denial
     */
    public Map<ObjectKey, String> denials(ArtifactGenerator generator, Collection<ObjectKey> artifacts)
            throws IOException {
        artifacts.stream()
                .filter(artifact -> denialByRules(generator, artifact).isEmpty())
                .forEach(artifact -> reportUnchecked(generator, artifact));
        return expectedDenials(generator, artifacts);
    }

    /** As {@link #denials}, for a generator that publishes nothing now. */
    public Map<ObjectKey, String> expectedDenials(ArtifactGenerator generator, Collection<ObjectKey> artifacts)
            throws IOException {
        Map<ObjectKey, String> denials = new HashMap<>();
        Map<String, Optional<String>> byNamespace = new HashMap<>();
        for (ObjectKey artifact : artifacts) {
            Optional<String> denial = denialByRules(generator, artifact);
            if (denial.isEmpty()) {
                denial = byNamespace.get(artifact.namespace());
            }
            if (denial == null) {
                denial = denialByAccount(generator, artifact.namespace());
                byNamespace.put(artifact.namespace(), denial);
            }
            denial.ifPresent(text -> denials.put(artifact, text));
        }
        return denials;
    }

    /**
     * Why the generator must not delete this ExternalArtifact; empty if it may.
     *
     * @throws IOException if the API server does not respond; this is not a denial
     */
    public Optional<String> deletionDenial(ArtifactGenerator generator, ObjectKey artifact) throws IOException {
        Optional<ServiceAccountUser> user = checked(generator, artifact.namespace());
        if (user.isPresent()) {
            return denial(user.get(), AccessAttributes.inNamespace(artifact.namespace(), DELETE, KIND));
        }
        return isRefusedWithoutAccount(generator, artifact)
                ? Optional.of("cross-namespace artifact %s cannot be removed without a service account; set"
                                .formatted(artifact)
                        + " spec.serviceAccountName")
                : Optional.empty();
    }

    /** Logs once for each generator that only the controller's own permissions limit where it writes. */
    private void reportUnchecked(ArtifactGenerator generator, ObjectKey artifact) {
        if (isUnchecked(generator, artifact) && reported.put(Ownership.uidOf(generator), true) == null) {
            LOG.atWarn()
                    .addKeyValue("externalArtifact", artifact)
                    .log("artifacts for other namespaces are published without an access check; use a service account,"
                            + " --default-service-account or --no-cross-namespace-refs");
        }
    }

    /** Whether the generator has no account for this other namespace. */
    private boolean isUnchecked(ArtifactGenerator generator, ObjectKey artifact) {
        return isForeign(generator, artifact.namespace())
                && !GeneratorAccount.exists(generator, rules.defaultServiceAccount());
    }

    private Optional<String> denialByRules(ArtifactGenerator generator, ObjectKey artifact) {
        if (!rules.watchedNamespace().isEmpty() && !rules.watchedNamespace().equals(artifact.namespace())) {
            return Optional.of(
                    "cross-namespace artifact %s is not allowed: the controller watches only namespace \"%s\""
                            .formatted(artifact, rules.watchedNamespace()));
        }
        return isRefusedWithoutAccount(generator, artifact)
                ? Optional.of(
                        "cross-namespace artifact %s is not allowed without a service account; set".formatted(artifact)
                                + " spec.serviceAccountName")
                : Optional.empty();
    }

    private boolean isRefusedWithoutAccount(ArtifactGenerator generator, ObjectKey artifact) {
        return rules.noCrossNamespaceRefs() && isUnchecked(generator, artifact);
    }

    private Optional<String> denialByAccount(ArtifactGenerator generator, String namespace) throws IOException {
        Optional<ServiceAccountUser> user = checked(generator, namespace);
        if (user.isEmpty()) {
            return Optional.empty();
        }
        for (AccessAttributes attributes : needed(namespace)) {
            Optional<String> denial = denial(user.get(), attributes);
            if (denial.isPresent()) {
                return denial;
            }
        }
        return Optional.empty();
    }

    private static List<AccessAttributes> needed(String namespace) {
        AccessAttributes patch = AccessAttributes.inNamespace(namespace, "patch", KIND);
        return List.of(
                AccessAttributes.inNamespace(namespace, "create", KIND),
                patch,
                AccessAttributes.inNamespace(namespace, DELETE, KIND),
                patch.ofSubresource("status"));
    }

    /** The account whose permissions decide about this namespace; empty if the controller's own decide. */
    private Optional<ServiceAccountUser> checked(ArtifactGenerator generator, String namespace) throws IOException {
        return GeneratorAccount.of(generator, rules.defaultServiceAccount())
                .filter(account -> account.isExplicit() || isForeign(generator, namespace))
                .map(GeneratorAccount::user);
    }

    private static boolean isForeign(ArtifactGenerator generator, String namespace) {
        return !generator.key().namespace().equals(namespace);
    }

    private Optional<String> denial(ServiceAccountUser user, AccessAttributes attributes) throws IOException {
        return reviews.isAllowed(user, attributes)
                ? Optional.empty()
                : Optional.of(("service account \"%s\" may not %s; it needs the verbs create, patch and delete on"
                                + " externalartifacts and patch on externalartifacts/status there")
                        .formatted(user, attributes));
    }
}
