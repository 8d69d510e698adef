package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonObject;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.JsonValue;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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
            good("more than a thousand copy operations", spec(SOURCE, copies(1001))),
            good("every field of a copy operation", spec(SOURCE, """
                {name: a.b-c, revision: "@app", originRevision: "@app",
                 copy: [{from: "@app/", to: "@artifact/", exclude: ["*.md"], strategy: Merge, optional: true}]}\
                """)),
            good("another namespace of an artifact", spec(SOURCE, namespace("tenant-a"))),
            good("a namespace of 63", spec(SOURCE, namespace("a".repeat(63)))),
            good("inputs from a source", spec(SOURCE, inputs("@app/inputs.yaml"))),
            good("inputs from the artifact", spec(SOURCE, inputs("@artifact/inputs.yaml"))),
            good("an account", "serviceAccountName: deployer, " + spec(SOURCE, ARTIFACT)),
            good("managed namespaces", managed("allowedNames: ['true'], prune: false")),
            good(
                    "namespace metadata from a file",
                    metadata("fromSource: {path: '@app/ns.yaml', allowedLabels: {a: 'true'}}")),
            good("namespace metadata of all", metadata("from: [{strategy: Reset, namespace: '*', labels: {a: b}}]")),
            good(
                    "namespace metadata of one",
                    metadata("from: [{strategy: Merge, namespace: a-1, annotations: {a: b}}]")),
            good("a path with an empty segment and a dot", spec(SOURCE, to("a//./b"))),
            good("a path with dots in names", spec(SOURCE, to("..a/b../.c/d."))),
            good("1,000 artifacts", spec(SOURCE, artifacts(1_000))),
            good(
                    "a template with a pathPattern",
                    "pathPattern: \"@app/{n}\", " + spec(SOURCE, "{name: \"{n}-x\", copy: %s}".formatted(COPY))),
            good("common metadata", "commonMetadata: {labels: {a: b}, annotations: {c: d}}, " + spec(SOURCE, ARTIFACT)),
            good(
                    "a long template with a pathPattern",
                    "pathPattern: \"@app/{n}\", "
                            + spec(
                                    SOURCE,
                                    "{name: \"{n}-%s\", namespace: \"{n}-%s\", copy: %s}"
                                            .formatted("x".repeat(1_000), "x".repeat(1_000), COPY))),
            bad("a namespace with capitals", spec(SOURCE, namespace("Tenant"))),
            bad("an empty namespace", spec(SOURCE, namespace("''"))),
            bad("a namespace of 64", spec(SOURCE, namespace("a".repeat(64)))),
            bad("a namespace template without a pathPattern", spec(SOURCE, namespace("'{n}'"))),
            bad("a name of 254", spec(SOURCE, "{name: %s, copy: %s}".formatted("a".repeat(254), COPY))),
            bad("an empty name", spec(SOURCE, "{name: '', copy: %s}".formatted(COPY))),
            bad("inputs without an alias", spec(SOURCE, inputs("inputs.yaml"))),
            bad("an account with a dot", "serviceAccountName: a.b, " + spec(SOURCE, ARTIFACT)),
            bad("an empty account", "serviceAccountName: '', " + spec(SOURCE, ARTIFACT)),
            bad("managed namespaces without names", managed("allowedNames: [], prune: false")),
            bad("managed namespaces without prune", managed("allowedNames: ['true']")),
            bad("namespace metadata from nowhere", metadata("from: []")),
            bad("a file that may set nothing", metadata("fromSource: {path: '@app/ns.yaml', allowedLabels: {}}")),
            bad("a file without an alias", metadata("fromSource: {path: 'ns.yaml', allowedLabels: {a: 'true'}}")),
            bad("an unknown metadata strategy", metadata("from: [{strategy: Replace, namespace: '*'}]")),
            bad("a namespace pattern", metadata("from: [{strategy: Merge, namespace: 'a-*'}]")),
            bad("a path out of the artifact", spec(SOURCE, to("a/../b"))),
            bad("a path that begins outside of the artifact", spec(SOURCE, to("../b"))),
            bad("a path that ends outside of the artifact", spec(SOURCE, to("b/.."))),
            bad(
                    "an exclude of 1,025",
                    spec(SOURCE, copy("from: '@app/', to: '@artifact/', exclude: [%s]".formatted("x".repeat(1_025))))),
            bad("no source", spec("", ARTIFACT)),
            bad("no artifact", spec(SOURCE, "")),
            bad("1,001 artifacts", spec(SOURCE, artifacts(1_001))),
            bad("capitals in an alias", spec("{alias: App, kind: Bucket, name: app}", ARTIFACT)),
            bad("an alias of 64", spec("{alias: %s, kind: Bucket, name: app}".formatted("a".repeat(64)), ARTIFACT)),
            bad("an unknown kind", spec("{alias: app, kind: HelmRepository, name: app}", ARTIFACT)),
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

    @Test
    void keepsEveryFieldOfTheGeneratorsOfFlux(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        Cluster cluster = new Cluster(api.newClient());
        cluster.installCrds();
        for (FluxGenerators.Example example : FluxGenerators.read()) {
            cluster.apply(example.inNamespace(namespace));
            ObjectKey key = new ObjectKey(namespace, example.name());
            JsonObject stored = cluster.requests()
                    .get(ArtifactGenerator.TYPE.kind(), key, JsonObject.class)
                    .orElseThrow();
            assertThat(JsonValue.of(stored.get("spec")).toJava())
                    .as(example.name())
                    .isEqualTo(example.spec());
        }
    }

    @Test
    void acceptsTheExamplesOfFluxsDocumentation(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        Cluster cluster = new Cluster(api.newClient());
        cluster.installCrds();
        String page = Files.readString(Path.of("src/test/resources/dev/sluice/reconciler/flux-2.10-examples.md"));
        List<String> manifests = Pattern.compile("```yaml manifest\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1).replaceFirst("(?m)^  namespace: .*$", "  namespace: " + namespace))
                .toList();

        assertThat(manifests).hasSize(8);
        for (String manifest : manifests) {
            cluster.apply(manifest);
        }
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

    private static String namespace(String name) {
        return "{name: out, namespace: %s, copy: %s}".formatted(name, COPY);
    }

    private static String inputs(String path) {
        return "{name: out, inputsFrom: \"%s\", copy: %s}".formatted(path, COPY);
    }

    private static String to(String path) {
        return copy("from: \"@app/\", to: \"@artifact/%s\"".formatted(path));
    }

    private static String managed(String rules) {
        return "managedNamespaces: {%s}, ".formatted(rules) + spec(SOURCE, ARTIFACT);
    }

    private static String metadata(String rules) {
        return managed("allowedNames: ['true'], prune: true, metadata: {%s}".formatted(rules));
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
