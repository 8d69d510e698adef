package dev.sluice.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.StoredFile.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GarbagePolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /** Files have the form {@code name:age in seconds}; a name with a leading dot is a temporary file. */
    record Case(String name, String files, String current, int records, List<String> garbage) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("no files", "", "a", 2, List.of()),
                new Case("only the current one", "a:9999", "a", 0, List.of()),
                new Case("long current, just superseded", "a:1 b:9999", "a", 1, List.of()),
                new Case("superseded longer ago than the TTL", "a:61 b:62", "a", 1, List.of("b")),
                new Case("superseded exactly the TTL ago", "a:60 b:9999", "a", 1, List.of()),
                new Case("each superseded by its successor", "a:1 b:50 c:70 d:800", "a", 1, List.of("d")),
                new Case("records are kept at any age", "a:500 b:600", "a", 2, List.of()),
                new Case("beyond the records", "a:500 b:600 c:700 d:800", "a", 2, List.of("d", "c")),
                new Case("any number within the TTL", "a:1 b:2 c:3 d:4", "a", 2, List.of()),
                new Case("within the TTL and beyond the records", "a:1 b:2 c:62 d:99", "a", 2, List.of("d")),
                new Case("no record", "a:61 b:62", "a", 0, List.of("b")),
                new Case("an old current artifact is kept", "a:9999 b:900 c:800", "a", 1, List.of("b")),
                new Case("newer than the current, not yet offered", "a:500 b:400 c:600", "a", 1, List.of("c")),
                new Case("current one missing", "b:100 c:200 d:300", "a", 2, List.of("d")),
                new Case("same time, by name", "a:99 d:500 b:500 c:500", "a", 2, List.of("b", "c")),
                new Case("times in the future", "a:-300 b:-200 c:-100", "a", 1, List.of()),
                new Case("temporary file of a crashed process", "a:1 .t:3601", "a", 2, List.of(".t")),
                new Case("temporary file in use", "a:1 .t:3600 .u:70", "a", 2, List.of()),
                new Case("temporary files do not count as records", "a:1 b:2 .t:3 .u:4", "a", 2, List.of()));
    }

    private static List<StoredFile> files(String text) {
        List<StoredFile> files = new ArrayList<>();
        for (String file : text.split(" ", -1)) {
            if (!file.isEmpty()) {
                String[] parts = file.split(":", 2);
                Kind kind = parts[0].startsWith(".") ? Kind.TEMP : Kind.ARTIFACT;
                files.add(new StoredFile(parts[0], NOW.minusSeconds(Long.parseLong(parts[1])), kind));
            }
        }
        return files;
    }

    private static List<String> garbage(int records, List<StoredFile> files, String current, Instant now) {
        return new GarbagePolicy(Duration.ofSeconds(60), records)
                .garbage(files, current, now).stream().map(StoredFile::name).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void selectsGarbageOldestFirst(Case c) {
        assertThat(garbage(c.records(), files(c.files()), c.current(), NOW)).isEqualTo(c.garbage());
    }

    @Test
    void doesNotDependOnTheOrderOfTheFiles() {
        List<StoredFile> files = new ArrayList<>(files("a:1 b:5 c:5 d:5 e:70 f:70 .t:9999"));
        List<String> expected = garbage(2, files, "a", NOW);
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(files, new Random(seed));
            assertThat(garbage(2, files, "a", NOW)).isEqualTo(expected);
        }
    }

    @Test
    void neverCollectsTheCurrentArtifact() {
        Random random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            List<StoredFile> files = IntStream.range(0, random.nextInt(8))
                    .mapToObj(i -> new StoredFile("f" + i, Instant.ofEpochSecond(random.nextInt()), Kind.ARTIFACT))
                    .toList();
            Instant now = Instant.ofEpochSecond(random.nextInt());
            List<String> garbage = garbage(random.nextInt(4), files, "f0", now);
            assertThat(garbage).doesNotContain("f0").doesNotHaveDuplicates();
        }
    }

    @Test
    void collectsAtMostAThousandFilesPerRun() {
        List<StoredFile> files = IntStream.range(0, 2500)
                .mapToObj(i -> new StoredFile("f" + i, NOW.minusSeconds(100_000 - i), Kind.ARTIFACT))
                .toList();
        assertThat(garbage(2, files, "f0", NOW))
                .hasSize(1000)
                .startsWith("f1", "f2")
                .doesNotContain("f1001");
    }
}
