package dev.sluice.reconciler.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ManagedNamespaces;
import dev.sluice.toolkit.extensions.ManagedNamespacesMetadata;
import dev.sluice.toolkit.extensions.NamespaceMetadataFromSource;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.KubernetesNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of source-watcher 2.3 for artifacts, their namespaces and the files that they refer to. */
class ArtifactRulesTest {

    private static final String NONE = "";
    private static final String PATTERN = "@app/{x}";

    private record Case(
            String name, @Nullable String pattern, List<OutputArtifact> artifacts, String metadata, String error) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                plain("another namespace", artifact("a", "tenant", null), NONE),
                plain("the own namespace", artifact("a", "apps", null), NONE),
                plain("an empty namespace", artifact("a", "", null), NONE),
                new Case(
                        "the same name in two namespaces",
                        null,
                        List.of(artifact("a", "one", null), artifact("a", "two", null), artifact("a", null, null)),
                        "",
                        NONE),
                new Case(
                        "a duplicate in another namespace",
                        null,
                        List.of(artifact("a", "one", null), artifact("a", "one", null)),
                        "",
                        "duplicate artifact name 'a' found in namespace 'one'"),
                new Case(
                        "a duplicate in the own namespace",
                        null,
                        List.of(artifact("a", null, null), artifact("a", "apps", null)),
                        "",
                        "duplicate artifact name 'a' found in namespace 'apps'"),
                new Case(
                        "a duplicate template",
                        PATTERN,
                        List.of(artifact("{x}", "t-{x}", null), artifact("{x}", "t-{x}", null)),
                        "",
                        "duplicate artifact name '{x}' found in namespace 't-{x}'"),
                new Case(
                        "templates that may be equal when rendered",
                        PATTERN,
                        List.of(artifact("{x}", "t-{x}", null), artifact("{x}", "t", null), artifact("", null, null)),
                        "",
                        NONE),
                plain(
                        "an invalid namespace",
                        artifact("a", "a.b", null),
                        "artifact namespace \"a.b\" is not a valid Kubernetes namespace: it must have "
                                + KubernetesNames.NAMESPACE_RULE),
                plain(
                        "an invalid name before an invalid namespace",
                        artifact("A", "a.b", null),
                        "artifact name \"A\" is not a valid Kubernetes object name: it must have "
                                + KubernetesNames.SUBDOMAIN_RULE),
                plain("inputs from a source", artifact("a", null, "@app/a.yaml"), NONE),
                plain("inputs from the artifact", artifact("a", null, "@artifact/a.yaml"), NONE),
                plain("no inputs", artifact("a", null, ""), NONE),
                plain(
                        "inputs from an unknown source",
                        artifact("a", null, "@infra/a.yaml"),
                        "artifact a inputsFrom \"@infra/a.yaml\": source alias 'infra' not found"),
                plain(
                        "inputs without an alias",
                        artifact("a", null, "a.yaml"),
                        "artifact a inputsFrom \"a.yaml\": path must be in the format '@<alias>/<path>'"),
                plain(
                        "inputs with an empty alias",
                        artifact("a", null, "@/a.yaml"),
                        "artifact a inputsFrom \"@/a.yaml\": path must be in the format '@<alias>/<path>'"),
                plain(
                        "inputs with a placeholder",
                        artifact("a", null, "@app/{x}.yaml"),
                        "artifact a inputsFrom \"@app/{x}.yaml\" uses capture placeholders but pathPattern is not set"),
                plain(
                        "inputs with a brace",
                        artifact("a", null, "@app/x}.yaml"),
                        "artifact a inputsFrom \"@app/x}.yaml\" uses capture placeholders but pathPattern is not set"),
                new Case(
                        "inputs with a placeholder of a path pattern",
                        PATTERN,
                        List.of(artifact("{x}", null, "@app/{x}.yaml")),
                        "",
                        NONE),
                metadata("a metadata file", "@app/ns.yaml", NONE),
                metadata(
                        "a metadata file of an unknown source",
                        "@infra/ns.yaml",
                        "managedNamespaces metadata fromSource path \"@infra/ns.yaml\": source alias 'infra' not found"),
                metadata(
                        "a metadata file without an alias",
                        "ns.yaml",
                        "managedNamespaces metadata fromSource path \"ns.yaml\": path must be in the format"
                                + " '@<alias>/<path>'"),
                metadata(
                        "a metadata file with a placeholder",
                        "@artifact/{x}.yaml",
                        "managedNamespaces metadata fromSource path \"@artifact/{x}.yaml\" uses capture placeholders but"
                                + " pathPattern is not set"),
                new Case(
                        "metadata with a placeholder of a path pattern",
                        PATTERN,
                        List.of(artifact("{x}", null, null)),
                        "@app/{x}.yaml",
                        NONE));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reportsTheFirstViolatedRule(Case given) {
        List<OutputArtifact> artifacts = new ArrayList<>(given.artifacts());
        ArtifactGeneratorSpec spec = new ArtifactGeneratorSpec(
                List.of(Samples.git("app")),
                artifacts,
                given.pattern(),
                null,
                null,
                given.metadata().isEmpty() ? null : managed(given.metadata()),
                List.of());

        assertThat(error(Samples.generator("gen", spec))).isEqualTo(given.error());
    }

    private static String error(ArtifactGenerator generator) {
        try {
            new ArtifactRules(generator, Set.of("app")).validate();
            return NONE;
        } catch (TerminalException e) {
            assertThat(e.reason()).isEqualTo("ValidationFailed");
            return String.valueOf(e.getMessage());
        }
    }

    private static Case plain(String name, OutputArtifact artifact, String error) {
        return new Case(name, null, List.of(artifact), "", error);
    }

    private static Case metadata(String name, String path, String error) {
        return new Case(name, null, List.of(artifact("a", null, null)), path, error);
    }

    private static OutputArtifact artifact(String name, @Nullable String namespace, @Nullable String inputs) {
        return new OutputArtifact(name, namespace, null, null, inputs, List.of(Samples.copy()));
    }

    private static ManagedNamespaces managed(String path) {
        return new ManagedNamespaces(
                List.of("true"),
                false,
                new ManagedNamespacesMetadata(
                        new NamespaceMetadataFromSource(path, Map.of(), Map.of("a", "true")), List.of()));
    }
}
