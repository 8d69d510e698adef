package dev.sluice.examples.watcher;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunContext;
import dev.sluice.controller.watch.FetchedSource;
import dev.sluice.controller.watch.SourceFetcher;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.GitRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads the artifact of a GitRepository and processes its content; this example logs the file names. */
final class GitRepositoryWatcher implements Reconciler<ObjectKey> {

    private static final Logger LOG = LoggerFactory.getLogger(GitRepositoryWatcher.class);

    private final Function<ObjectKey, Optional<GitRepository>> repositories;
    private final SourceFetcher fetcher;

    /** @param repositories reads the informer's cache; empty for a deleted repository */
    GitRepositoryWatcher(Function<ObjectKey, Optional<GitRepository>> repositories, SourceFetcher fetcher) {
        this.repositories = repositories;
        this.fetcher = fetcher;
    }

    // region reconcile
    /** The controller logs every exception and retries with back-off. */
    @Override
    public Result reconcile(ObjectKey key) throws IOException {
        Optional<Artifact> artifact = repositories.apply(key).flatMap(GitRepository::artifact);
        if (artifact.isPresent()) {
            process(artifact.get());
        }
        return Result.done();
    }

    private void process(Artifact artifact) throws IOException {
        LOG.atInfo().addKeyValue("revision", artifact.revision()).log("New revision detected");
        try (FetchedSource source = fetcher.fetch(artifact)) {
            for (Path entry : source.entries()) {
                LOG.atInfo().log("Processing {}", entry.getFileName());
            }
        }
    }

    /** Adds the fields that {@code flux logs} filters by. */
    @Override
    public Map<String, String> logFields(ObjectKey key) {
        return RunContext.fieldsOf(GitRepository.TYPE.kind(), key);
    }
    // endregion
}
