package dev.sluice.reconciler.publish;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.time.Clock;

/** Creates {@link ExternalArtifactStore}s that send requests to a {@link FakeApi}. */
public final class ExternalArtifactStores {

    private ExternalArtifactStores() {}

    public static ExternalArtifactStore to(FakeApi api, RecentWrites<ExternalArtifact> recentWrites) {
        return new ExternalArtifactStore(
                new ExternalArtifactPublisher(
                        api.apiRequests(), PublisherOptions.named("source-watcher"), Clock.systemUTC()),
                recentWrites,
                Stages.unobserved());
    }
}
