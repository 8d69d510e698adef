package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/** Writes the status of Flux's sources as a tenant and as source-controller while the chart's policy is in force. */
final class GuardedSources {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CONTROLLER = "system:serviceaccount:flux-system:source-controller";
    private static final String ARTIFACT = """
            {"status":{"artifact":{"digest":"sha256:%s","lastUpdateTime":"2026-11-01T00:00:00Z","path":"p",
            "revision":"%s","url":"http://evil.example.com/x.tar.gz","size":1}}}""";

    private record Source(String kind, String resource, String spec) {}

    private static final List<Source> SOURCES = List.of(
            new Source("GitRepository", "gitrepositories", "{interval: 1m, url: 'https://example.com/repo'}"),
            new Source("OCIRepository", "ocirepositories", "{interval: 1m, url: 'oci://example.com/repo'}"),
            new Source("Bucket", "buckets", "{interval: 1m, endpoint: example.com, bucketName: b}"),
            new Source(
                    "HelmChart",
                    "helmcharts",
                    "{interval: 1m, chart: c, sourceRef: {kind: HelmRepository, name: app}}"),
            new Source("HelmRepository", "helmrepositories", "{interval: 1m, url: 'https://example.com/charts'}"));

    private final RealCluster cluster;
    private final String namespace;

    GuardedSources(RealCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    void check() {
        grantAsFluxDoes();
        List<Source> known = SOURCES.stream().filter(this::create).toList();
        assertThat(known).as("kinds that this API server serves").hasSameSizeAs(SOURCES);
        Source first = known.get(0);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                writeArtifact(first, "tenant", "main@sha1:0").errors())
                        .contains("is not trusted to write status.artifact"));
        for (Source source : known) {
            check(source);
        }
    }

    private void check(Source source) {
        assertThat(writeArtifact(source, "tenant", "main@sha1:1").errors())
                .as(source.kind())
                .contains("is not trusted to write status.artifact");
        assertThat(writeArtifact(source, CONTROLLER, "main@sha1:2").code())
                .as(source.kind())
                .isZero();
        assertThat(writeArtifact(source, "tenant", "main@sha1:3").errors())
                .as("change of an artifact, %s", source.kind())
                .contains("is not trusted");
        assertThat(patch(source, "tenant", "{\"status\":{\"artifact\":null}}").errors())
                .as("removal")
                .contains("is not trusted");
        assertThat(patch(source, "tenant", "{\"status\":{\"observedGeneration\":7}}")
                        .code())
                .as("the rest of the status")
                .isZero();
        assertThat(cluster.kubectl("-n", namespace, "label", source.resource() + "/app", "team=a", "--as=tenant")
                        .code())
                .as("the object itself")
                .isZero();
    }

    /** Grants the permissions of Flux's roles: flux-edit names resources by {@code *}, which includes their status. */
    private void grantAsFluxDoes() {
        cluster.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: flux-edit-%1$s}
                rules:
                  - apiGroups: [source.toolkit.fluxcd.io]
                    resources: ["*"]
                    verbs: [get, list, create, delete, deletecollection, patch, update]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: edit, namespace: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: flux-edit-%1$s}
                subjects:
                  - {apiGroup: rbac.authorization.k8s.io, kind: User, name: tenant}
                  - {kind: ServiceAccount, name: source-controller, namespace: flux-system}
                """.formatted(namespace)).orFail();
        await().atMost(LIMIT)
                .until(() -> cluster.kubectl(
                                        "auth",
                                        "can-i",
                                        "patch",
                                        "gitrepositories/status",
                                        "-n",
                                        namespace,
                                        "--as=tenant")
                                .code()
                        == 0);
    }

    private boolean create(Source source) {
        Tool.Result result = cluster.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: %s
                metadata: {name: app, namespace: %s}
                spec: %s
                """.formatted(source.kind(), namespace, source.spec()));
        assertThat(result.errors()).doesNotContain("is invalid");
        return result.code() == 0;
    }

    private Tool.Result writeArtifact(Source source, String user, String revision) {
        return patch(source, user, ARTIFACT.formatted("0".repeat(64), revision));
    }

    private Tool.Result patch(Source source, String user, String patch) {
        return cluster.kubectl(
                "-n",
                namespace,
                "patch",
                source.resource() + "/app",
                "--subresource=status",
                "--type=merge",
                "-p",
                patch,
                "--as=" + user);
    }
}
