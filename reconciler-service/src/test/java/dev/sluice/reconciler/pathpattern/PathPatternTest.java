package dev.sluice.reconciler.pathpattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.copy.Budgets;
import dev.sluice.reconciler.copy.Trees;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PathPatternTest {

    private static final FileTree APPS =
            Trees.of("apps/Auth/envs/Dev/x", "apps/auth2/envs/prod/x", "apps/none/", "apps/file/envs/dev", "top");

    record Match(String pattern, List<String> expected) {}

    static Stream<Match> matches() {
        return Stream.of(
                new Match("@s/apps/{app}", List.of("auth", "auth2", "file", "none")),
                new Match("@s/apps/{app}/envs/{env}", List.of("auth dev", "auth2 prod")),
                new Match("@s/apps/{app}2/envs/{env}", List.of("auth prod")),
                new Match("@s/apps/a{rest}", List.of("uth2")),
                new Match("@s/apps/{a}t{b}", List.of("au h", "au h2")),
                new Match("@s/apps/{a}{b}", List.of("aut h", "auth 2", "fil e", "non e")),
                new Match("@s/apps", List.of("")),
                new Match("@s/{top}", List.of("apps")),
                new Match("@s/", List.of()),
                new Match("@s/apps/{app}/", List.of()),
                new Match("@s//apps/{app}", List.of()),
                new Match("@s/app.", List.of()),
                new Match("@s/nothing/{app}", List.of()),
                new Match("@s/apps/{app}/envs/{env}/{more}", List.of()));
    }

    @ParameterizedTest
    @MethodSource("matches")
    void createsAnArtifactForEachMatchingDirectory(Match match) throws Exception {
        List<PlannedArtifact> planned = expand(match.pattern, List.of(), APPS);

        assertThat(planned.stream().map(PathPatternTest::values)).containsExactlyElementsOf(match.expected);
    }

    /** The captures' values in the order of their names; the template uses all captures, so that names are unique. */
    private static String values(PlannedArtifact artifact) {
        return artifact.captures().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    record Fault(String pattern, String error) {}

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("apps/{app}", "it must be in the format"),
                new Fault("@s", "it must be in the format"),
                new Fault("@t/apps/{app}", "source alias \"t\" not found"),
                new Fault("@s/apps/{}", "empty capture"),
                new Fault("@s/apps/{app-name}", "valid capture name"),
                new Fault("@s/apps/{1app}", "valid capture name"),
                new Fault("@s/apps/{app", "missing closing brace"),
                new Fault("@s/apps/app}", "missing opening brace"),
                new Fault("@s/apps/{app}/{app}", "duplicate capture"),
                new Fault("@s/apps/{_app}", "not a valid label key"),
                new Fault("@s/apps/{app_}", "not a valid label key"),
                new Fault("@s/{a/b}", "valid capture name"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void rejectsAnInvalidPattern(Fault fault) {
        assertThatThrownBy(() -> PathPattern.parse(fault.pattern, Set.of("s")))
                .isInstanceOf(PathPatternException.class)
                .hasMessageContaining("failed to expand path pattern: ")
                .hasMessageContaining(fault.pattern)
                .hasMessageContaining(fault.error);
    }

    @Test
    void lowerCasesNamesAndLabelsButNotPaths() throws Exception {
        OutputArtifact template = template("{app}-{env}", "@s/apps/{app}/envs/{env}/**", "@artifact/{app}/{env}/");

        PlannedArtifact first =
                expand("@s/apps/{app}/envs/{env}", List.of(template), APPS).get(0);

        assertThat(first.captures()).containsExactlyInAnyOrderEntriesOf(Map.of("app", "auth", "env", "dev"));
        assertThat(first.artifact().name()).isEqualTo("auth-dev");
        assertThat(first.artifact().copy().get(0).from()).isEqualTo("@s/apps/Auth/envs/Dev/**");
        assertThat(first.artifact().copy().get(0).to()).isEqualTo("@artifact/Auth/Dev/");
    }

    @Test
    void keepsOtherFieldsOfATemplate() throws Exception {
        CopyOperation copy = new CopyOperation("@s/", "@artifact/", List.of("{app}"), "Merge", true);
        OutputArtifact template = new OutputArtifact(
                "x-{app}", "team-{app}", "@{app}", "@{origin}", "@s/apps/{app}/inputs.yaml", List.of(copy));

        List<PlannedArtifact> planned = expand("@s/apps/{app}", List.of(template), APPS);

        assertThat(planned.get(0).artifact())
                .isEqualTo(new OutputArtifact(
                        "x-auth", "team-auth", "@{app}", "@{origin}", "@s/apps/Auth/inputs.yaml", List.of(copy)));
        assertThat(planned.get(0).renderPath("@s/{app}/ns.yaml")).isEqualTo("@s/Auth/ns.yaml");
        assertThatThrownBy(() -> planned.get(0).renderPath("@s/{team}/ns.yaml"))
                .isInstanceOf(PathPatternException.class)
                .hasMessageContaining("capture \"team\" is not defined by pathPattern");
    }

    @Test
    void rendersEveryTemplateForEachDirectory() throws Exception {
        List<PlannedArtifact> planned =
                expand("@s/d/{x}", List.of(template("{x}-a"), template("{x}-b")), Trees.of("d/1/", "d/2/"));

        assertThat(planned.stream().map(p -> p.artifact().name())).containsExactly("1-a", "1-b", "2-a", "2-b");
    }

    record RenderingFault(String template, @Nullable String namespace, String tree, String error) {

        RenderingFault(String template, String tree, String error) {
            this(template, null, tree, error);
        }
    }

    static Stream<RenderingFault> renderingFaults() {
        return Stream.of(
                new RenderingFault("{missing}", "d/a/", "capture \"missing\" is not defined by pathPattern"),
                new RenderingFault("{x", "d/a/", "missing closing brace"),
                new RenderingFault("x}", "d/a/", "missing opening brace"),
                new RenderingFault("{x}", "d/.a/", "value \".a\" of capture \"x\" is not a valid label value"),
                new RenderingFault("{x}", "d/a b/", "is not a valid label value"),
                new RenderingFault("{x}", "d/" + "a".repeat(64) + "/", "is not a valid label value"),
                new RenderingFault("{x}", "d/é/", "is not a valid label value"),
                new RenderingFault("{x}", "d/a_b/", "name \"a_b\" is not a valid Kubernetes object name"),
                new RenderingFault("-{x}", "d/a/", "name \"-a\" is not a valid Kubernetes object name"),
                new RenderingFault("x", "{x}.b", "d/a/", "namespace \"a.b\" is not a valid Kubernetes namespace"),
                new RenderingFault("x", "{y}", "d/a/", "capture \"y\" is not defined by pathPattern"),
                new RenderingFault("x", "{x}", "d/A/", ""),
                new RenderingFault("same", "d/a/", ""));
    }

    @ParameterizedTest
    @MethodSource("renderingFaults")
    void rejectsInvalidRenderedArtifacts(RenderingFault fault) throws Exception {
        List<OutputArtifact> templates =
                List.of(new OutputArtifact(fault.template, fault.namespace, null, null, null, List.of()));
        FileTree tree = Trees.of(fault.tree);
        if (fault.error.isEmpty()) {
            assertThat(expand("@s/d/{x}", templates, tree)).hasSize(1);
            return;
        }
        assertThatThrownBy(() -> expand("@s/d/{x}", templates, tree))
                .isInstanceOf(PathPatternException.class)
                .hasMessageContaining("@s/d/{x}")
                .hasMessageContaining(fault.error);
    }

    @Test
    void rejectsDirectoriesThatDifferOnlyInCase() {
        assertThatThrownBy(() -> expand("@s/d/{x}", List.of(template("{x}")), Trees.of("d/Auth/", "d/auth/")))
                .isInstanceOf(PathPatternException.class)
                .hasMessageContaining("directories \"d/Auth\" and \"d/auth\" both resolve to artifact name \"auth\" in"
                        + " namespace \"apps\"");
    }

    @Test
    void allowsTheSameNameInSeveralNamespaces() throws Exception {
        FileTree tenants = Trees.of("d/a/", "d/b/");

        assertThat(expand("@s/d/{x}", List.of(inNamespace("app", "team-{x}")), tenants))
                .extracting(planned -> planned.artifact().namespace())
                .containsExactly("team-a", "team-b");
        assertThatThrownBy(() -> expand("@s/d/{x}", List.of(inNamespace("app", "team")), tenants))
                .hasMessageContaining(
                        "directories \"d/a\" and \"d/b\" both resolve to artifact name \"app\" in namespace \"team\"");
    }

    @Test
    void dropsTheArtifactOfARemovedDirectory() throws Exception {
        List<OutputArtifact> templates = List.of(template("{x}"));

        assertThat(expand("@s/d/{x}", templates, Trees.of("d/a/", "d/b/"))).hasSize(2);
        assertThat(expand("@s/d/{x}", templates, Trees.of("d/a/"))).hasSize(1);
        assertThat(expand("@s/d/{x}", templates, FileTree.empty())).isEmpty();
    }

    @Test
    void lowerCasesCharacterByCharacterAsTheReference() throws Exception {
        FileTree source = Trees.of("\u0130x/a");

        assertThat(expand("@s/{n}", List.of(), source))
                .singleElement()
                .satisfies(artifact -> assertThat(artifact.captures()).containsEntry("n", "ix"));
    }

    @Test
    void keepsArtifactsWithoutAPattern() {
        OutputArtifact artifact = template("{not-a-placeholder}");

        assertThat(PathPattern.unexpanded(List.of(artifact))).containsExactly(new PlannedArtifact(artifact, Map.of()));
    }

    private static List<PlannedArtifact> expand(String pattern, List<OutputArtifact> templates, FileTree tree)
            throws PathPatternException, IOException {
        List<OutputArtifact> used = templates.isEmpty() ? List.of(unique(pattern)) : templates;
        ArtifactGenerator generator =
                Samples.generator("gen", new ArtifactGeneratorSpec(List.of(), used, pattern, null));
        return PathPattern.parse(pattern, Set.of("s")).expand(generator, Map.of("s", tree), Budgets.defaults());
    }

    /** A template whose name contains every capture of the pattern. */
    private static OutputArtifact unique(String pattern) {
        String captures = Pattern.compile("\\{[^}]*}")
                .matcher(pattern)
                .results()
                .map(capture -> "-" + capture.group())
                .collect(Collectors.joining());
        return template("x" + captures);
    }

    private static OutputArtifact inNamespace(String name, String namespace) {
        return new OutputArtifact(name, namespace, null, null, null, List.of());
    }

    private static OutputArtifact template(String name) {
        return new OutputArtifact(name, null, null, List.of());
    }

    private static OutputArtifact template(String name, String from, String to) {
        return new OutputArtifact(name, null, null, List.of(new CopyOperation(from, to, List.of(), null, null)));
    }
}
