package dev.sluice.reconciler.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.copy.Budgets;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtifactPlannerTest {

    private static final SourceReference SOURCE = new SourceReference("app", "GitRepository", "app", null);
    private static final OutputArtifact ARTIFACT = new OutputArtifact("app", null, null, List.of());

    private final ArtifactPlanner planner = new ArtifactPlanner();

    @Test
    void plansTheArtifactsOfASpecWithoutAPathPattern() throws Exception {
        ArtifactGeneratorSpec spec = new ArtifactGeneratorSpec(List.of(SOURCE), List.of(ARTIFACT), null, null);

        assertThat(planner.plan(Samples.generator("gen", spec), Map.of(), Budgets.defaults()))
                .extracting(planned -> planned.artifact())
                .containsExactly(ARTIFACT);
    }

    @Test
    void reportsABadPathPatternAsATerminalBuildFailure() {
        ArtifactGeneratorSpec spec =
                new ArtifactGeneratorSpec(List.of(SOURCE), List.of(ARTIFACT), "@other/{name}", null);

        assertThatThrownBy(() -> planner.plan(Samples.generator("gen", spec), Map.of(), Budgets.defaults()))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("source alias \"other\" not found")
                .extracting(e -> ((TerminalException) e).reason())
                .isEqualTo("BuildFailed");
    }
}
