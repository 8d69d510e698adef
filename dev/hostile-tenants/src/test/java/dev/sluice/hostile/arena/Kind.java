package dev.sluice.hostile.arena;

import java.util.List;

/** The kinds of objects that this suite touches, and where the API serves them. */
public enum Kind {
    ARTIFACT_GENERATOR("source.extensions.fluxcd.io/v1beta1", "ArtifactGenerator", "artifactgenerators"),
    GIT_REPOSITORY("source.toolkit.fluxcd.io/v1", "GitRepository", "gitrepositories"),
    OCI_REPOSITORY("source.toolkit.fluxcd.io/v1", "OCIRepository", "ocirepositories"),
    BUCKET("source.toolkit.fluxcd.io/v1", "Bucket", "buckets"),
    HELM_CHART("source.toolkit.fluxcd.io/v1", "HelmChart", "helmcharts"),
    EXTERNAL_ARTIFACT("source.toolkit.fluxcd.io/v1", "ExternalArtifact", "externalartifacts"),
    NAMESPACE("v1", "Namespace", "namespaces"),
    SERVICE_ACCOUNT("v1", "ServiceAccount", "serviceaccounts"),
    CLUSTER_ROLE("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles"),
    ROLE_BINDING("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings"),
    DEFINITION("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions");

    /** What a tenant leaves behind; generators first, whose finalizers look after the rest. */
    static final List<Kind> OF_TENANTS =
            List.of(ARTIFACT_GENERATOR, GIT_REPOSITORY, OCI_REPOSITORY, BUCKET, HELM_CHART, EXTERNAL_ARTIFACT);

    /** The kinds that a generator may take from. */
    public static final List<Kind> SOURCES =
            List.of(GIT_REPOSITORY, OCI_REPOSITORY, BUCKET, HELM_CHART, EXTERNAL_ARTIFACT);

    private final String apiVersion;
    private final String text;
    private final String plural;

    Kind(String apiVersion, String text, String plural) {
        this.apiVersion = apiVersion;
        this.text = text;
        this.plural = plural;
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** As objects spell it. */
    public String text() {
        return text;
    }

    /** The path of all objects; an empty namespace is that of cluster-wide kinds. */
    String path(String namespace) {
        String root = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural;
    }
}
