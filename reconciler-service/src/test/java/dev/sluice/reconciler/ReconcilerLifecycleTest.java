package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.storage.WriteFence;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.UnreadableObjectReporter;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.volume.ExternalArtifactLister;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.reconciler.volume.VolumeOptions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerLifecycleTest {

    private static final ObjectKey KEY = new ObjectKey("apps", "one");

    @TempDir
    Path base;

    @Test
    void announcesItsAddressBeforeTheFirstRun() throws Exception {
        CompletableFuture<Boolean> announced = new CompletableFuture<>();
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("test"),
                key -> {
                    announced.complete(Files.exists(base.resolve(".sluice-addresses")));
                    return Result.done();
                },
                () -> true,
                ControllerListener.NONE);
        controller.enqueue(KEY);
        Informers informers = new Informers(new ApiClient(), InformerOptions.DEFAULT);
        ReconcilerLifecycle lifecycle = new ReconcilerLifecycle(
                informers, controller, maintenance(), reporter(informers), base, work -> Optional.empty());
        try {
            lifecycle.start();
            assertThat(announced.get(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            lifecycle.stop();
        }
    }

    @Test
    void namesTheReasonWhenTheVolumeCannotBeUsed() throws Exception {
        Informers informers = new Informers(new ApiClient(), InformerOptions.DEFAULT);
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("test"), key -> Result.done(), () -> true, ControllerListener.NONE);
        ReconcilerLifecycle lifecycle = new ReconcilerLifecycle(
                informers, controller, maintenance(), reporter(informers), base, work -> Optional.empty());
        Files.delete(base);

        assertThatThrownBy(lifecycle::begin).hasMessage("cannot use the volume '%1$s': \"%1$s\" does not exist", base);
    }

    private static UnreadableObjectReporter reporter(Informers informers) {
        return new UnreadableObjectReporter(
                informers,
                new ApiRequests(new ApiClient(), Duration.ofSeconds(1)),
                new EventRecorder(List.of(), 1, Clock.systemUTC()),
                "test",
                Clock.systemUTC(),
                Set.of());
    }

    private VolumeMaintenance maintenance() {
        Clock clock = Clock.systemUTC();
        ArtifactStorage storage = new ArtifactStorage(StorageOptions.of(base, "artifacts.test"), clock);
        VolumeMaintenance.Volume volume = new VolumeMaintenance.Volume(
                base,
                WriteFence.OPEN,
                storage,
                new VerifiedFiles(storage, clock),
                new EmptyCache(),
                new KeyLocks(),
                key -> {});
        return new VolumeMaintenance(volume, VolumeOptions.DEFAULT, clock);
    }

    /** An unsynced cache, so that the background tasks do nothing. */
    private static final class EmptyCache implements ExternalArtifactLister {

        @Override
        public boolean synced() {
            return false;
        }

        @Override
        public String namespace() {
            return "";
        }

        @Override
        public List<ExternalArtifact> cached() {
            return List.of();
        }

        @Override
        public Optional<ExternalArtifact> cached(ObjectKey key) {
            return Optional.empty();
        }

        @Override
        public Optional<ExternalArtifact> live(ObjectKey key) {
            return Optional.empty();
        }

        @Override
        public void forEachLive(Consumer<ExternalArtifact> action) {}

        @Override
        public boolean isAsApplied(ExternalArtifact artifact) {
            return true;
        }

        @Override
        public Optional<ObjectKey> ownGenerator(ExternalArtifact artifact) {
            return Optional.empty();
        }

        @Override
        public boolean isClaimed(ExternalArtifact artifact) {
            return false;
        }
    }
}
