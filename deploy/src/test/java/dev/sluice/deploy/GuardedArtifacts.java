package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Writes ExternalArtifacts with several accounts while the chart's admission policy is in force. */
final class GuardedArtifacts {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RealCluster cluster;
    private final String namespace;
    private int writes;

    GuardedArtifacts(RealCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    void check() {
        String own = "http://source-watcher." + namespace + ".svc.cluster.local./externalartifact/x.tar.gz";
        // the API server takes a moment to enforce a new policy
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(write("default").errors()).contains("is not trusted to write"));
        assertThat(write("source-watcher").code()).isZero();
        assertThat(writeStatus("default", own).errors()).contains("is not trusted to write");
        assertThat(writeStatus("source-watcher", "http://elsewhere.example.com/x.tar.gz")
                        .errors())
                .contains("has none of the trusted prefixes");
        assertThat(writeStatus("source-watcher", own).code()).isZero();
        assertThat(cluster.kubectl("-n", namespace, "label", "externalartifact/app", "team=a", as("default"), GROUP)
                        .code())
                .as("other users can set labels")
                .isZero();
        assertThat(cluster.kubectl("-n", namespace, "delete", "externalartifact/app", as("default"), GROUP)
                        .code())
                .as("garbage collection can delete")
                .isZero();
    }

    private static final String GROUP = "--as-group=system:masters";

    private String as(String account) {
        return "--as=system:serviceaccount:" + namespace + ":" + account;
    }

    /** Writes a different spec each time, because a policy does not see an unchanged object. */
    private Tool.Result write(String account) {
        String spec = "spec: {sourceRef: {kind: Any, name: source-%d}}\n".formatted(++writes);
        return cluster.apply(object(spec), as(account), GROUP);
    }

    private Tool.Result writeStatus(String account, String url) {
        return cluster.apply(
                object("""
                status:
                  artifact:
                    digest: sha256:%s
                    lastUpdateTime: "2026-11-01T00:00:00Z"
                    path: externalartifact/x.tar.gz
                    revision: latest@sha256:%s
                    size: 1
                    url: %s
                """.formatted("0".repeat(64), "0".repeat(64), url)), "--subresource=status", as(account), GROUP);
    }

    private String object(String fields) {
        return """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: ExternalArtifact
                metadata: {name: app, namespace: %s}
                """.formatted(namespace) + fields;
    }
}
