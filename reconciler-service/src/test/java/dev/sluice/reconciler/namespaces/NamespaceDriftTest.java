package dev.sluice.reconciler.namespaces;

import static dev.sluice.reconciler.namespaces.Namespaces.namespace;
import static dev.sluice.reconciler.namespaces.Namespaces.own;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.NamespaceDrift.Difference;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.extensions.ManagedNamespaces;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a namespace in the inventory differs from what its generator applied. */
class NamespaceDriftTest {

    private static final String DIGEST =
            own().state().appliedBy("source-watcher").digest();

    record Case(
            String name,
            @Nullable Namespaces current,
            @Nullable Difference expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("as applied", own(), null),
                new Case("with the annotation about its origin", own(Namespaces.CREATED_BY, Namespaces.OWN), null),
                new Case("with a label of others", own().label("other", "x"), null),
                new Case("missing", null, Difference.NOT_FOUND),
                new Case("terminating", own().terminating(), Difference.NOT_FOUND),
                new Case("label removed", own().withoutLabel(), Difference.CHANGED),
                new Case("label changed", own().label(Namespaces.GENERATOR, "x"), Difference.CHANGED),
                new Case("reconcile Disabled", namespace().control("reconcile", "Disabled"), null),
                new Case("ssa Ignore", namespace().control("ssa", "Ignore"), null),
                new Case("ssa IfNotPresent", namespace().control("ssa", "IfNotPresent"), null),
                new Case("ssa Merge", namespace().control("ssa", "Merge"), Difference.CHANGED));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comparesTheNamespaceWithTheInventory(Case test) {
        assertThat(drift(test.current, new AppliedMetadata()).check(generator(true)))
                .isEqualTo(Optional.ofNullable(test.expected));
    }

    @Test
    void isNoneIfTheGeneratorManagesNoNamespaces() {
        assertThat(drift(null, new AppliedMetadata()).check(generator(false))).isEmpty();
    }

    @Test
    void whatTheLastRunLeftIsNone() {
        AppliedMetadata applied = new AppliedMetadata();
        String left = namespace().state().appliedBy("source-watcher").digest();
        applied.record(Namespaces.OWN, "tenant", DIGEST, left);

        assertThat(drift(namespace(), applied).check(generator(true))).isEmpty();
        assertThat(drift(own().label(Namespaces.GENERATOR, "x"), applied).check(generator(true)))
                .contains(Difference.CHANGED);
    }

    private static NamespaceDrift drift(@Nullable Namespaces current, AppliedMetadata applied) {
        return new NamespaceDrift(
                name -> Optional.ofNullable(current).map(Namespaces::state), applied, "source-watcher");
    }

    private static ArtifactGenerator generator(boolean manages) {
        ArtifactGenerator generator = Samples.generator(
                "own",
                new ArtifactGeneratorSpec(
                        List.of(Samples.git("app")),
                        List.of(Samples.output("tenant", "app")),
                        null,
                        null,
                        null,
                        manages ? new ManagedNamespaces(List.of("true"), true, null) : null,
                        List.of()));
        return Samples.withInventory(generator, ArtifactInventoryEntry.namespace("tenant", DIGEST));
    }
}
