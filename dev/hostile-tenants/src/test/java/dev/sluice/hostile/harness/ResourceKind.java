package dev.sluice.hostile.harness;

import java.util.List;

/** The resource kinds that this suite uses. */
public enum ResourceKind {
    ARTIFACT_GENERATOR("source.extensions.fluxcd.io/v1beta1", "ArtifactGenerator", "artifactgenerators"),
    GIT_REPOSITORY("source.toolkit.fluxcd.io/v1", "GitRepository", "gitrepositories"),
    OCI_REPOSITORY("source.toolkit.fluxcd.io/v1", "OCIRepository", "ocirepositories"),
    BUCKET("source.toolkit.fluxcd.io/v1", "Bucket", "buckets"),
    HELM_CHART("source.toolkit.fluxcd.io/v1", "HelmChart", "helmcharts"),
    EXTERNAL_ARTIFACT("source.toolkit.fluxcd.io/v1", "ExternalArtifact", "externalartifacts"),
    NAMESPACE("v1", "Namespace", "namespaces"),
    SERVICE_ACCOUNT("v1", "ServiceAccount", "serviceaccounts"),
    CLUSTER_ROLE("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles"),
    CLUSTER_ROLE_BINDING("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings"),
    ROLE_BINDING("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings"),
    DEFINITION("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions");

    /** The kinds that a tenant creates; generators first, since their finalizers delete the ExternalArtifacts. */
    static final List<ResourceKind> OF_TENANTS =
            List.of(ARTIFACT_GENERATOR, GIT_REPOSITORY, OCI_REPOSITORY, BUCKET, HELM_CHART, EXTERNAL_ARTIFACT);

    /** The kinds that a generator can use as sources. */
    public static final List<ResourceKind> SOURCES =
            List.of(GIT_REPOSITORY, OCI_REPOSITORY, BUCKET, HELM_CHART, EXTERNAL_ARTIFACT);

    private final String apiVersion;
    private final String text;
    private final String plural;

    ResourceKind(String apiVersion, String text, String plural) {
        this.apiVersion = apiVersion;
        this.text = text;
        this.plural = plural;
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** The value of the field {@code kind}. */
    public String text() {
        return text;
    }

    /** The collection's path; cluster-scoped kinds have an empty namespace. */
    String path(String namespace) {
        String root = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural;
    }
}
