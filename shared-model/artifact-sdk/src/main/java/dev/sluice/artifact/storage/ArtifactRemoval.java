package dev.sluice.artifact.storage;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes files of one artifact directory; the caller must hold its lock. */
final class ArtifactRemoval {

    private final GarbagePolicy policy;
    private final Clock clock;
    private final WriteFence fence;

    ArtifactRemoval(GarbagePolicy policy, Clock clock, WriteFence fence) {
        this.policy = policy;
        this.clock = clock;
        this.fence = fence;
    }

    List<Path> collectGarbage(ArtifactDirectory directory, String current, long deadlineNanos) throws IOException {
        List<StoredFile> garbage = policy.garbage(directory.files(), current, clock.instant());
        return delete(directory, names(garbage), deadlineNanos);
    }

    boolean allIf(ArtifactDirectory directory, RemovalCheck check) throws IOException {
        return new DirectoryRemoval(directory.path(), fence).run(clock.instant(), check);
    }

    List<Path> allButCurrent(ArtifactDirectory directory, String current) throws IOException {
        List<StoredFile> others = directory.files().stream()
                .filter(f -> !f.name().equals(current))
                .toList();
        return delete(
                directory, names(others), System.nanoTime() + Duration.ofDays(1).toNanos());
    }

    private static List<String> names(Collection<StoredFile> files) {
        return files.stream().map(StoredFile::name).toList();
    }

    /** Continues after a file that cannot be deleted. */
    private List<Path> delete(ArtifactDirectory directory, List<String> names, long deadlineNanos) throws IOException {
        List<Path> deleted = new ArrayList<>();
        @Nullable IOException failure = null;
        for (String name : names) {
            Interruption.check();
            if (System.nanoTime() - deadlineNanos >= 0) {
                break;
            }
            try {
                fence.check();
                deleted.add(directory.delete(name));
            } catch (IOException e) {
                failure = collect(failure, e, directory);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return deleted;
    }

    private static IOException collect(@Nullable IOException all, IOException one, ArtifactDirectory directory) {
        if (all == null) {
            return new IOException("cannot delete all garbage in '" + directory.path() + "': " + one.getMessage(), one);
        }
        all.addSuppressed(one);
        return all;
    }
}
