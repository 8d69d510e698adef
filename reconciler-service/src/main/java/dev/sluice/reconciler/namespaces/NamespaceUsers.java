package dev.sluice.reconciler.namespaces;

import dev.sluice.toolkit.meta.ApiKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds other controllers that apply a namespace or objects in it. Such a namespace is not deleted. Only kinds that
 * appliers usually apply first are searched; Secrets never.
 */
final class NamespaceUsers {

    private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/name";
    private static final String HELM = "helm.toolkit.fluxcd.io/name";
    private static final List<String> FLUX_LABELS = List.of(KUSTOMIZE, HELM);
    private static final String ARGO_LABEL = "argocd.argoproj.io/instance";
    private static final String ARGO_ANNOTATION = "argocd.argoproj.io/tracking-id";
    private static final String HELM_ANNOTATION = "meta.helm.sh/release-name";

    /** The kinds that are searched for objects of Flux; the chart's role lists them. */
    static final List<ApiKind> KINDS = List.of(
            new ApiKind("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "kustomizations"),
            new ApiKind("helm.toolkit.fluxcd.io", "v2", "HelmRelease", "helmreleases"),
            new ApiKind("source.toolkit.fluxcd.io", "v1", "GitRepository", "gitrepositories"),
            new ApiKind("source.toolkit.fluxcd.io", "v1", "OCIRepository", "ocirepositories"),
            new ApiKind("apps", "v1", "Deployment", "deployments"),
            new ApiKind("apps", "v1", "StatefulSet", "statefulsets"),
            new ApiKind("apps", "v1", "DaemonSet", "daemonsets"),
            new ApiKind("batch", "v1", "CronJob", "cronjobs"),
            new ApiKind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
            new ApiKind("", "v1", "Service", "services"),
            new ApiKind("", "v1", "ConfigMap", "configmaps"),
            new ApiKind("", "v1", "ServiceAccount", "serviceaccounts"),
            new ApiKind("", "v1", "ResourceQuota", "resourcequotas"),
            new ApiKind("", "v1", "LimitRange", "limitranges"),
            new ApiKind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
            new ApiKind("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"));

    private final NamespaceRequests requests;
    private final FieldOwners fieldOwners;

    NamespaceUsers(NamespaceRequests requests, FieldOwners fieldOwners) {
        this.requests = requests;
        this.fieldOwners = fieldOwners;
    }

    /**
     * Returns who uses the namespace; empty if nobody was found.
     *
     * @throws IOException if the API server does not say
     */
    Optional<String> find(NamespaceState namespace) throws IOException {
        List<String> appliers = fieldOwners.otherAppliers(namespace.metadata());
        if (!appliers.isEmpty()) {
            return Optional.of("%s applies it".formatted(String.join(", ", appliers)));
        }
        Optional<String> marked = markOn(namespace.labels(), namespace.annotations());
        return marked.isPresent() ? marked : findObjects(namespace.name());
    }

    private static Optional<String> markOn(Map<String, String> labels, Map<String, String> annotations) {
        for (String label : List.of(KUSTOMIZE, HELM, ARGO_LABEL)) {
            if (labels.containsKey(label)) {
                return Optional.of("its label %s names another applier".formatted(label));
            }
        }
        for (String annotation : List.of(ARGO_ANNOTATION, HELM_ANNOTATION)) {
            if (annotations.containsKey(annotation)) {
                return Optional.of("its annotation %s names another applier".formatted(annotation));
            }
        }
        return Optional.empty();
    }

    private Optional<String> findObjects(String namespace) throws IOException {
        for (ApiKind kind : KINDS) {
            for (String label : FLUX_LABELS) {
                if (requests.hasLabelled(kind, namespace, label)) {
                    return Optional.of("it has a %s with the label %s".formatted(kind.kind(), label));
                }
            }
        }
        return Optional.empty();
    }
}
