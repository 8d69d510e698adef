package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A generator and its ExternalArtifacts, accessed with kubectl. */
record GeneratorObjects(RealCluster cluster, String namespace) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    static GeneratorObjects inNewNamespace(RealCluster cluster) {
        String namespace = "migration-" + UUID.randomUUID();
        cluster.createNamespace(namespace);
        return new GeneratorObjects(cluster, namespace);
    }

    /** Applies a generator that splits the source app: part-a from a, part-b from b. */
    void apply() {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: gen, namespace: %s}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts:
                    - {name: part-a, copy: [{from: "@app/a/**", to: "@artifact/"}]}
                    - {name: part-b, copy: [{from: "@app/b/**", to: "@artifact/"}]}
                """.formatted(namespace)).orFail();
    }

    /** Requests a reconciliation and waits until the controller has handled it. */
    void reconcile() {
        String token = UUID.randomUUID().toString();
        cluster.kubectl(
                        "-n",
                        namespace,
                        "annotate",
                        "--overwrite",
                        "artifactgenerator/gen",
                        "reconcile.fluxcd.io/requestedAt=" + token)
                .orFail();
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(get("artifactgenerator", "gen", "{.status.conditions[?(@.type==\"Ready\")].status}"))
                    .as(() -> get("artifactgenerator", "gen", "{.status.conditions[*].message}"))
                    .isEqualTo("True");
            assertThat(get("artifactgenerator", "gen", "{.status.lastHandledReconcileAt}"))
                    .isEqualTo(token);
        });
    }

    void awaitRevisionOtherThan(String name, String revision) {
        await().atMost(LIMIT).until(() -> {
            String now = get("externalartifact", name, "{.status.artifact.revision}");
            return !now.isEmpty() && !now.equals(revision);
        });
    }

    void awaitHolder(String notHeldBy) {
        await().atMost(LIMIT).until(() -> {
            String holder = holder();
            return !holder.isEmpty() && !holder.equals(notHeldBy);
        });
    }

    String holder() {
        return get("lease", "source-watcher-leader-election", "{.spec.holderIdentity}");
    }

    /** All fields that consumers act on and by which controllers recognize their objects. */
    Map<String, String> state() {
        return Map.of(
                "part-a", artifact("part-a"),
                "part-b", artifact("part-b"),
                "finalizers", get("artifactgenerator", "gen", "{.metadata.finalizers}"),
                "inventory", get("artifactgenerator", "gen", "{.status.inventory[*].digest}"));
    }

    private String artifact(String name) {
        String state = get(
                "externalartifact",
                name,
                "{.metadata.uid} {.metadata.labels} {.spec} {.status.artifact.revision} {.status.artifact.digest}"
                        + " {.status.artifact.url}");
        assertThat(state).contains("sha256:");
        return state;
    }

    String get(String kind, String name, String jsonPath) {
        return cluster.reader().get(namespace, kind, name, jsonPath);
    }
}
