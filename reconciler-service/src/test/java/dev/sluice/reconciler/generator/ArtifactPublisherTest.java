package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.publish.ExternalArtifactStores;
import dev.sluice.reconciler.publish.ServedCheck;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceLease;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactPublisherTest {

    private final ArtifactGenerator generator = Samples.generator("gen", "a", "b");
    private final List<PlannedArtifact> plan = Stream.of("a", "b")
            .map(name -> new PlannedArtifact(Samples.output(name), Map.of()))
            .toList();
    private final FakeApi api = new FakeApi();

    @TempDir
    Path temporary;

    private ArtifactPublisher publisher;

    @BeforeEach
    void create() throws IOException {
        FakeCluster cluster = new FakeCluster().with(generator);
        publisher = new ArtifactPublisher(
                StorageFixture.in(temporary).store(),
                new Ownership(cluster),
                cluster,
                ExternalArtifactStores.to(api, new RecentWrites<>()),
                ServedCheck.NONE,
                new KeyLocks());
    }

    @Test
    void aConflictIsNoFailureAndDoesNotStopOtherArtifacts() {
        api.answerWith(Samples.externalArtifact("b", "gen"));
        api.answer(request -> request.endsWith("externalartifacts/a") ? 409 : 200);

        assertThatExceptionOfType(ApiRequestException.class)
                .isThrownBy(this::publish)
                .satisfies(e -> assertThat(e.isConflict()).isTrue());
        assertThat(api.requests()).anyMatch(request -> request.endsWith("externalartifacts/b"));
    }

    @Test
    void otherErrorsFailTheirArtifact() throws Exception {
        api.answer(403);

        assertThat(publish()).hasSize(2).allMatch(ArtifactResult.Failed.class::isInstance);
    }

    private List<ArtifactResult> publish() throws IOException, InterruptedException {
        try (SourceCache cache =
                        SourceCaches.empty(temporary.resolve("sources"), new ProcessBudget(BudgetLimits.defaults()));
                RunBudget budget = new ProcessBudget(BudgetLimits.defaults()).open(generator.key());
                SourceTrees sources = new SourceTrees(cache, Stages.unobserved(), budget, temporary)) {
            sources.add("app", new Lease(StorageFixture.tree("x: 1")));
            return publisher.publish(generator, plan, sources, ObservedSources.of(Map.of()));
        }
    }

    private record Lease(FileTree tree) implements SourceLease {

        @Override
        public void close() {}
    }
}
