package dev.sluice.artifact.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Determines which files of an artifact directory are garbage. Pure function of the files and the time.
 *
 * <p>The newest file is the current artifact, or is about to be. An artifact is superseded when the next newer file is
 * written, so the time needs no separate record: if files in between are deleted, an artifact appears to be superseded
 * later, never earlier.
 *
 * @param ttl how long an artifact is kept after it was superseded
 * @param records minimum number of artifacts to keep, including the current one
 */
record GarbagePolicy(Duration ttl, int records) {

    private static final int MAX_FILES_PER_RUN = 1000;

    private static final Comparator<StoredFile> OLDEST_FIRST =
            Comparator.comparing(StoredFile::lastModified).thenComparing(StoredFile::name);

    /**
     * Returns the files to delete, oldest first. Never includes the current or the newest artifact, regardless of the
     * clock.
     */
    List<StoredFile> garbage(Collection<StoredFile> files, String current, Instant now) {
        List<StoredFile> garbage = new ArrayList<>(staleTempFiles(files, now));
        List<StoredFile> artifacts = files.stream()
                .filter(file -> file.kind() == StoredFile.Kind.ARTIFACT)
                .sorted(OLDEST_FIRST)
                .toList();
        int excess = artifacts.size() - Math.max(1, records);
        for (int i = 0; i < artifacts.size() - 1 && excess > 0; i++) {
            Instant supersededAt = artifacts.get(i + 1).lastModified();
            if (!artifacts.get(i).name().equals(current) && isOver(ttl, supersededAt, now)) {
                garbage.add(artifacts.get(i));
                excess--;
            }
        }
        return garbage.stream().sorted(OLDEST_FIRST).limit(MAX_FILES_PER_RUN).toList();
    }

    private static List<StoredFile> staleTempFiles(Collection<StoredFile> files, Instant now) {
        return files.stream()
                .filter(file -> file.kind() == StoredFile.Kind.TEMP)
                .filter(file -> isOver(StoredDirectories.TEMP_FILE_TTL, file.lastModified(), now))
                .toList();
    }

    private static boolean isOver(Duration limit, Instant since, Instant now) {
        return Duration.between(since, now).compareTo(limit) > 0;
    }
}
