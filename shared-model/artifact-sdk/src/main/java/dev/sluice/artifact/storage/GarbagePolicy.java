package dev.sluice.artifact.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which files of one artifact directory are garbage. Pure: the same files and the same time give the same answer.
 *
 * @param ttl artifacts older than this go
 * @param records of the younger ones, the oldest go until so many files are left, the current one counted
 */
record GarbagePolicy(Duration ttl, int records) {

    private static final int MAX_FILES_PER_RUN = 1000;

    private static final Comparator<StoredFile> OLDEST_FIRST =
            Comparator.comparing(StoredFile::lastModified).thenComparing(StoredFile::name);

    /** The files to delete, oldest first. The current one is never among them, whatever the clock says. */
    List<StoredFile> garbage(Collection<StoredFile> files, String current, Instant now) {
        List<StoredFile> garbage = new ArrayList<>();
        List<StoredFile> young = new ArrayList<>();
        int artifacts = 0;
        for (StoredFile file : files) {
            artifacts += file.kind() == StoredFile.Kind.ARTIFACT ? 1 : 0;
            if (file.name().equals(current)) {
                continue;
            }
            if (isExpired(file, now)) {
                garbage.add(file);
            } else if (file.kind() == StoredFile.Kind.ARTIFACT) {
                young.add(file);
            }
        }
        long expired = garbage.stream()
                .filter(f -> f.kind() == StoredFile.Kind.ARTIFACT)
                .count();
        long excess = Math.max(0, artifacts - expired - records);
        young.stream().sorted(OLDEST_FIRST).limit(excess).forEach(garbage::add);
        return garbage.stream().sorted(OLDEST_FIRST).limit(MAX_FILES_PER_RUN).toList();
    }

    private boolean isExpired(StoredFile file, Instant now) {
        Duration limit = file.kind() == StoredFile.Kind.TEMP ? StoredDirectories.TEMP_FILE_TTL : ttl;
        return Duration.between(file.lastModified(), now).compareTo(limit) > 0;
    }
}
