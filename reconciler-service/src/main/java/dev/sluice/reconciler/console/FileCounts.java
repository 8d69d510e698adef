package dev.sluice.reconciler.console;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the files of published archives, one archive at a time, and only those that a page shows. Its thread ends when
 * there is nothing to count. Thread-safe.
 */
final class FileCounts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileCounts.class);
    private static final Integer UNKNOWN = -1;
    private static final int MAX_REMEMBERED = 20_000;
    private static final int MAX_WAITING = 200;
    private static final long IDLE_SECONDS = 5;

    private final Counter counter;
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Integer> counts = new LruMap<>(MAX_REMEMBERED);
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.named("console-files"));
    private long version;

    /** Counts the files of an archive. */
    interface Counter {

        /**
         * The number of files.
         *
         * @throws IOException if the archive is too large, cannot be read, or no memory is free
         */
        int count(ObjectKey artifact, String archive) throws IOException;
    }

    FileCounts(Counter counter) {
        this.counter = counter;
        thread.allowCoreThreadTimeOut(true);
    }

    /** The number as text; empty if it is not known yet. */
    String of(ExternalArtifact artifact) {
        return StoredRevisions.currentFile(artifact)
                .flatMap(file -> known(artifact.key(), file))
                .map(count -> count < 0 ? "" : Integer.toString(count))
                .orElse("");
    }

    private synchronized Optional<Integer> known(ObjectKey artifact, String archive) {
        String id = artifact + "/" + archive;
        Integer count = counts.get(id);
        if (count == null && !thread.isShutdown() && waiting.size() < MAX_WAITING && waiting.add(id)) {
            thread.execute(() -> count(id, artifact, archive));
        }
        return Optional.ofNullable(count);
    }

    private void count(String id, ObjectKey artifact, String archive) {
        @Nullable Integer count = UNKNOWN;
        try {
            count = counter.count(artifact, archive);
        } catch (BudgetWaitException later) {
            count = null;
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().addKeyValue("artifact", artifact).setCause(e).log("cannot count the files of an archive");
        } finally {
            finished(id, count);
        }
    }

    /** @param count null if it must be counted again */
    private synchronized void finished(String id, @Nullable Integer count) {
        waiting.remove(id);
        if (count != null) {
            counts.put(id, count);
            version += waiting.isEmpty() ? 1 : 0;
        }
    }

    /** Changes when all counts that pages wait for are known. */
    synchronized long version() {
        return version;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
