package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.watch.RevisionChange;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeFilterTest {

    private static final ExternalArtifact OBJECT = object(metadata -> metadata);

    private static ExternalArtifact object(UnaryOperator<V1ObjectMeta> change) {
        V1ObjectMeta metadata = new V1ObjectMeta()
                .namespace("apps")
                .name("one")
                .uid("u1")
                .resourceVersion("1")
                .generation(1L);
        return new ExternalArtifact(change.apply(metadata), new ExternalArtifactSpec(null));
    }

    private static ExternalArtifact withRevision(String revision) {
        return OBJECT.withStatus(
                new ExternalArtifactStatus(List.of(), Artifact.of("a/b/c/d.tar.gz", "http://x/d.tar.gz", revision)));
    }

    record Case(String name, ExternalArtifact after, boolean reconciles) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> changes() {
        return Stream.of(
                new Case("spec", object(metadata -> metadata.generation(2L)), true),
                new Case("deletion", object(metadata -> metadata.deletionTimestamp(OffsetDateTime.MIN)), true),
                new Case(
                        "request",
                        object(metadata -> metadata.putAnnotationsItem("reconcile.fluxcd.io/requestedAt", "now")),
                        true),
                new Case("label", object(metadata -> metadata.putLabelsItem("a", "b")), false),
                new Case("another annotation", object(metadata -> metadata.putAnnotationsItem("a", "b")), false),
                new Case("own finalizer", object(metadata -> metadata.addFinalizersItem("a/b")), false),
                new Case("status", withRevision("v1"), false));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void reactsToWhatFluxReactsTo(Case change) {
        ChangeFilter<ExternalArtifact> filter = ChangeFilter.reconcile();

        assertThat(filter.test(OBJECT, change.after)).isEqualTo(change.reconciles);
        assertThat(filter.test(change.after, change.after)).isFalse();
    }

    @Test
    void filtersCanBeCombined() {
        ChangeFilter<ExternalArtifact> filter =
                RevisionChange.<ExternalArtifact>filter().or(ChangeFilter.annotation("interval"));

        assertThat(filter.test(OBJECT, withRevision("v1"))).isTrue();
        assertThat(filter.test(withRevision("v1"), withRevision("v1"))).isFalse();
        assertThat(filter.test(OBJECT, object(metadata -> metadata.putAnnotationsItem("interval", "1m"))))
                .isTrue();
    }

    @Test
    void aControllerIgnoresItsOwnStatusByDefault() {
        List<ObjectKey> runs = new CopyOnWriteArrayList<>();
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("test"),
                key -> {
                    runs.add(key);
                    return Result.done();
                },
                () -> true,
                ControllerListener.NONE);
        ChangeHandler<ExternalArtifact> handler = ChangeHandler.enqueuing(controller);
        controller.start();
        try {
            handler.onAdd(OBJECT);
            await().atMost(Duration.ofSeconds(30)).until(() -> runs.size() == 1);

            ExternalArtifact reported = withRevision("v1")
                    .withMetadata(object(m -> m.resourceVersion("2")).metadata());
            handler.onUpdate(OBJECT, reported);
            assertThat(controller.stats().depth()).isZero();

            handler.onDelete(reported, false);
            await().atMost(Duration.ofSeconds(30)).until(() -> runs.size() == 2);
        } finally {
            controller.stop(Duration.ofSeconds(30));
        }
        assertThat(runs).hasSize(2).containsOnly(OBJECT.key());
    }
}
