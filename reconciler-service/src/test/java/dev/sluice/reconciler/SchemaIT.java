package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests which objects the API server accepts and rejects by our CRD. */
@KubernetesTest
class SchemaIT {

    private static final String SOURCE = "{alias: app, kind: GitRepository, name: app}";
    private static final String COPY = "[{from: \"@app/**\", to: \"@artifact/\"}]";
    private static final String ARTIFACT = "{name: out, copy: %s}".formatted(COPY);

    private record Case(String name, String spec, boolean accepted) {}

    private static final List<Case> CASES = List.of(
            good("the least", spec(SOURCE, ARTIFACT)),
            good("another namespace", spec("{alias: a_b-1, kind: Bucket, name: app, namespace: infra}", ARTIFACT)),
            good(
                    "every kind",
                    spec(
                            String.join(
                                    ",",
                                    "{alias: a, kind: GitRepository, name: x}",
                                    "{alias: b, kind: OCIRepository, name: x}",
                                    "{alias: c, kind: Bucket, name: x}",
                                    "{alias: d, kind: HelmChart, name: x}",
                                    "{alias: e, kind: ExternalArtifact, name: x}"),
                            ARTIFACT)),
            good("a thousand copy operations", spec(SOURCE, copies(1000))),
            good("every field of a copy operation", spec(SOURCE, """
                {name: a.b-c, revision: "@app", originRevision: "@app",
                 copy: [{from: "@app/", to: "@artifact/", exclude: ["*.md"], strategy: Merge, optional: true}]}\
                """)),
            good("1,000 artifacts", spec(SOURCE, artifacts(1_000))),
            good(
                    "a template with a pathPattern",
                    "pathPattern: \"@app/{n}\", " + spec(SOURCE, "{name: \"{n}-x\", copy: %s}".formatted(COPY))),
            good("common metadata", "commonMetadata: {labels: {a: b}, annotations: {c: d}}, " + spec(SOURCE, ARTIFACT)),
            bad("no source", spec("", ARTIFACT)),
            bad("no artifact", spec(SOURCE, "")),
            bad("1,001 artifacts", spec(SOURCE, artifacts(1_001))),
            bad("capitals in an alias", spec("{alias: App, kind: Bucket, name: app}", ARTIFACT)),
            bad("an alias of 64", spec("{alias: %s, kind: Bucket, name: app}".formatted("a".repeat(64)), ARTIFACT)),
            bad("an unknown kind", spec("{alias: app, kind: HelmRepository, name: app}", ARTIFACT)),
            bad("too many copy operations", spec(SOURCE, copies(1001))),
            bad("no copy operation", spec(SOURCE, "{name: out, copy: []}")),
            bad("no to", spec(SOURCE, "{name: out, copy: [{from: \"@app/\"}]}")),
            bad("from without an alias", spec(SOURCE, copy("from: \"app/\", to: \"@artifact/\""))),
            bad("to elsewhere", spec(SOURCE, copy("from: \"@app/\", to: \"@other/\""))),
            bad(
                    "from of 1,025",
                    spec(SOURCE, copy("from: \"@app/%s\", to: \"@artifact/\"".formatted("x".repeat(1_020))))),
            bad(
                    "101 excludes",
                    spec(
                            SOURCE,
                            copy("from: \"@app/\", to: \"@artifact/\", exclude: [%s]"
                                    .formatted(String.join(",", java.util.Collections.nCopies(101, "a")))))),
            bad("an unknown strategy", spec(SOURCE, copy("from: \"@app/\", to: \"@artifact/\", strategy: Link"))),
            bad("a revision without @", spec(SOURCE, "{name: out, revision: app, copy: %s}".formatted(COPY))),
            bad("a template without a pathPattern", spec(SOURCE, "{name: \"{n}\", copy: %s}".formatted(COPY))),
            bad("a name with capitals", spec(SOURCE, "{name: Out, copy: %s}".formatted(COPY))),
            bad(
                    "a template with an empty pathPattern",
                    "pathPattern: \"\", " + spec(SOURCE, "{name: \"{n}\", copy: %s}".formatted(COPY))));

    @Test
    void acceptsAndRejectsSpecsByTheSchema(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        Cluster cluster = new Cluster(api.newClient());
        cluster.installCrds();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            Case given = CASES.get(i);
            @Nullable Throwable refusal = catchThrowable(apply(cluster, namespace, given));
            if ((refusal == null) != given.accepted()) {
                wrong.add(given.name() + ": " + refusal);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static org.assertj.core.api.ThrowableAssert.ThrowingCallable apply(
            Cluster cluster, String namespace, Case given) {
        String name = given.name().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return () -> cluster.apply("""
            apiVersion: source.extensions.fluxcd.io/v1beta1
            kind: ArtifactGenerator
            metadata: {name: "n-%s", namespace: %s}
            spec: {%s}
            """.formatted(name, namespace, given.spec()));
    }

    private static Case good(String name, String spec) {
        return new Case(name, spec, true);
    }

    private static Case bad(String name, String spec) {
        return new Case(name, spec, false);
    }

    private static String spec(String sources, String artifacts) {
        return "sources: [%s], artifacts: [%s]".formatted(sources, artifacts);
    }

    private static String copies(int count) {
        String operations = "{from: \"@app/\", to: \"@artifact/\"},".repeat(count);
        return "{name: out, copy: [%s]}".formatted(operations.substring(0, operations.length() - 1));
    }

    private static String copy(String operation) {
        return "{name: out, copy: [{%s}]}".formatted(operation);
    }

    private static String artifacts(int count) {
        List<String> artifacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            artifacts.add("{name: a%d, copy: %s}".formatted(i, COPY));
        }
        return String.join(",", artifacts);
    }
}
