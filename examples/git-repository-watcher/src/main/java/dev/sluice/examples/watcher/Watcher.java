package dev.sluice.examples.watcher;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.controller.informer.ChangeHandler;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.watch.RevisionChange;
import dev.sluice.controller.watch.SourceFetcher;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.Optional;

/** Connects the informer, the queue and the reconciler. */
final class Watcher implements AutoCloseable {

    private static final Duration STOP_GRACE = Duration.ofSeconds(6);

    private final Informers informers;
    private final Controller<ObjectKey> controller;

    private Watcher(Informers informers, Controller<ObjectKey> controller) {
        this.informers = informers;
        this.controller = controller;
    }

    // region wiring
    static Watcher start(ApiClient client, WatcherOptions options) {
        Informers informers = new Informers(client, InformerOptions.DEFAULT);
        SharedIndexInformer<GitRepository> repositories =
                informers.add(GitRepository.TYPE, Scope.all().inNamespace(options.namespace()));
        SourceFetcher fetcher = new SourceFetcher(new ArtifactFetcher(options.fetch()), options.scratch());
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("gitrepository").withBackOff(options.backOff()),
                new GitRepositoryWatcher(key -> cached(repositories, key), fetcher),
                informers::hasSynced,
                ControllerListener.NONE);
        repositories.addEventHandler(
                new ChangeHandler<>(new RevisionChange<>(source -> controller.enqueue(source.key()))));
        informers.start();
        controller.start();
        return new Watcher(informers, controller);
    }
    // endregion

    private static Optional<GitRepository> cached(SharedIndexInformer<GitRepository> repositories, ObjectKey key) {
        return Optional.ofNullable(repositories.getIndexer().getByKey(key.toString()));
    }

    /** Waits a few seconds for a running reconciliation. */
    @Override
    public void close() {
        controller.stop(STOP_GRACE);
        informers.close();
    }
}
