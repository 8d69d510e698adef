package dev.sluice.reconciler.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.KubernetesNames;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecValidatorTest {

    private static final SourceReference OTHER_NAMESPACE = new SourceReference("far", "Bucket", "b", "infra");

    private final FakeCluster cluster = new FakeCluster();
    private final SpecValidator lax = new SpecValidator(false, new GeneratorGraph(cluster, cluster));
    private final SpecValidator strict = new SpecValidator(true, new GeneratorGraph(cluster, cluster));

    private record Case(String name, ArtifactGeneratorSpec spec, String reason, String message) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> faults() {
        List<SourceReference> app = List.of(Samples.git("app"));
        return Stream.of(
                new Case(
                        "duplicate alias",
                        Samples.spec(List.of(Samples.git("app"), Samples.git("app")), "a"),
                        "ValidationFailed",
                        "duplicate source alias 'app' found"),
                new Case(
                        "another namespace",
                        Samples.spec(List.of(OTHER_NAMESPACE), "a"),
                        "AccessDenied",
                        "cross-namespace reference to source Bucket/infra/b is not allowed"),
                new Case(
                        "the first invalid source",
                        Samples.spec(List.of(OTHER_NAMESPACE, OTHER_NAMESPACE), "a", "a"),
                        "AccessDenied",
                        "cross-namespace reference to source Bucket/infra/b is not allowed"),
                new Case(
                        "duplicate artifact",
                        Samples.spec(app, "a", "a"),
                        "ValidationFailed",
                        "duplicate artifact name 'a' found in namespace 'apps'"),
                new Case(
                        "more copy operations than are allowed",
                        withCopies(Samples.spec(app, "a"), 1001),
                        "ValidationFailed",
                        "artifact a has 1001 copy operations; the limit is 1000; split it, or copy with globs"),
                new Case(
                        "a field of a newer version",
                        withUnknown("artifacts[0].newer"),
                        "ValidationFailed",
                        "spec.artifacts[0].newer is not supported by this version of the controller, so nothing is"
                                + " published; remove the field or upgrade the controller"),
                new Case(
                        "fields of a newer version",
                        withUnknown("newer", "newest"),
                        "ValidationFailed",
                        "spec.newer, spec.newest are not supported by this version of the"
                                + " controller, so nothing is published; remove the fields or upgrade the controller"),
                new Case(
                        "name is not a subdomain",
                        Samples.spec(app, "A_b"),
                        "ValidationFailed",
                        "artifact name \"A_b\" is not a valid Kubernetes object name: it must have "
                                + KubernetesNames.SUBDOMAIN_RULE),
                new Case(
                        "unknown revision alias",
                        new ArtifactGeneratorSpec(
                                app, List.of(new OutputArtifact("a", "@x", null, List.of(Samples.copy()))), null, null),
                        "ValidationFailed",
                        "artifact a revision source alias 'x' not found"),
                new Case(
                        "unknown origin revision alias",
                        new ArtifactGeneratorSpec(
                                app, List.of(new OutputArtifact("a", null, "@x", List.of(Samples.copy()))), null, null),
                        "ValidationFailed",
                        "artifact a origin revision source alias 'x' not found"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void rejectsInvalidSpecsWithTheReferencesMessages(Case given) {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> strict.validate(Samples.generator("gen", given.spec())))
                .withMessage(given.message())
                .returns(given.reason(), TerminalException::reason);
    }

    @Test
    void allowsOtherNamespacesUnlessForbidden() {
        assertThatCode(() -> lax.validate(Samples.generator("gen", Samples.spec(List.of(OTHER_NAMESPACE), "a"))))
                .doesNotThrowAnyException();
    }

    @Test
    void allowsTheExplicitOwnNamespace() {
        SourceReference own = new SourceReference("app", "Bucket", "b", Samples.NAMESPACE);

        assertThatCode(() -> strict.validate(Samples.generator("gen", Samples.spec(List.of(own), "a"))))
                .doesNotThrowAnyException();
    }

    @Test
    void allowsTheRevisionOfASource() {
        ArtifactGeneratorSpec spec = new ArtifactGeneratorSpec(
                List.of(Samples.git("app")),
                List.of(new OutputArtifact("a", "@app", null, List.of(Samples.copy()))),
                null,
                null);

        assertThatCode(() -> strict.validate(Samples.generator("gen", spec))).doesNotThrowAnyException();
    }

    @Test
    void rejectsTheOwnOutputWithoutAClusterToo() {
        SpecValidator offline = SpecValidator.withoutCluster();

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> offline.validate(using("self", "mine", "mine")))
                .withMessage("the generator uses its own output apps/mine as a source");
        assertThatCode(() -> offline.validate(using("other", "theirs", "mine"))).doesNotThrowAnyException();
    }

    @Test
    void allowsTemplates() {
        ArtifactGeneratorSpec spec = new ArtifactGeneratorSpec(
                List.of(Samples.git("app")),
                List.of(new OutputArtifact("{app}-x", null, null, List.of(Samples.copy()))),
                "@app/{app}",
                null);

        assertThatCode(() -> strict.validate(Samples.generator("gen", spec))).doesNotThrowAnyException();
    }

    @Test
    void rejectsAGeneratorThatUsesItsOwnOutput() {
        ArtifactGenerator self = using("self", "mine", "mine");

        assertThat(errorOf(self)).isEqualTo("the generator uses its own output apps/mine as a source");
    }

    @Test
    void reportsACycleOfThree() {
        ArtifactGenerator first = using("first", "of-third", "of-first");
        cluster.with(first, using("second", "of-first", "of-second"), using("third", "of-second", "of-third"));

        assertThat(errorOf(first))
                .isEqualTo("the generator is part of a cycle: apps/first -> apps/third -> apps/second -> apps/first");
    }

    @Test
    void findsACycleThroughAPathPattern() {
        ArtifactGenerator first = using("first", "rendered", "of-first");
        ArtifactGeneratorSpec templates = new ArtifactGeneratorSpec(
                List.of(Samples.generated("in", "of-first")), List.of(Samples.output("{n}")), "@in/{n}", null);
        cluster.with(first, Samples.generator("second", templates))
                .with(Samples.externalArtifact("rendered", "second"));

        assertThat(errorOf(first))
                .isEqualTo("the generator is part of a cycle: apps/first -> apps/second -> apps/first");
    }

    @Test
    void allowsAGeneratorThatOnlyUsesACycle() {
        cluster.with(using("one", "of-two", "of-one"), using("two", "of-one", "of-two"));
        ArtifactGenerator reader = using("reader", "of-one", "mine");
        cluster.with(reader);

        assertThatCode(() -> lax.validate(reader)).doesNotThrowAnyException();
    }

    private String errorOf(ArtifactGenerator generator) {
        try {
            lax.validate(generator);
            return "none";
        } catch (TerminalException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArtifactGeneratorSpec withUnknown(String... fields) {
        ArtifactGeneratorSpec spec = Samples.spec(List.of(Samples.git("app")), "a");
        return new ArtifactGeneratorSpec(spec.sources(), spec.artifacts(), null, null, null, null, List.of(fields));
    }

    private static ArtifactGeneratorSpec withCopies(ArtifactGeneratorSpec spec, int count) {
        OutputArtifact artifact = spec.artifacts().get(0);
        List<CopyOperation> copies = Collections.nCopies(count, artifact.copy().get(0));
        return new ArtifactGeneratorSpec(
                spec.sources(), List.of(new OutputArtifact(artifact.name(), null, null, copies)), null, null);
    }

    private static ArtifactGenerator using(String name, String artifact, String output) {
        return Samples.generator(name, Samples.spec(List.of(Samples.generated("in", artifact)), output));
    }
}
