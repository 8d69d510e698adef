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
 * <p>The newest file is the current one, or is about to be; an artifact is superseded when the next newer file was
 * written. So the moment of supersession needs no record of its own, and what follows it in age decides it at any time
 * later: files that go in between make an artifact look younger, never older.
 *
 * @param ttl how long an artifact stays after it was superseded
 * @param records so many artifacts stay, however long ago they were superseded, the current one counted
 */
record GarbagePolicy(Duration ttl, int records) {

    private static final int MAX_FILES_PER_RUN = 1000;

    private static final Comparator<StoredFile> OLDEST_FIRST =
            Comparator.comparing(StoredFile::lastModified).thenComparing(StoredFile::name);

    /** The files to delete, oldest first. The current one and the newest are never among them, whatever the clock says. */
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
