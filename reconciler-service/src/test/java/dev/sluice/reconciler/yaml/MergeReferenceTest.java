package dev.sluice.reconciler.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.reconciler.GoReference;
import dev.sluice.reconciler.GoReference.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files are read and written as source-watcher does, byte for byte, because artifact revisions depend on it. */
class MergeReferenceTest {

    private static final String GOLDEN = "merged-by-reference.jsonl";
    private static final int TRIES = 1500;

    /** The reference truncates {@code {}: x} after the braces, and text after such a root. */
    private static final Pattern EMPTY_COLLECTION = Pattern.compile("\\{\\s*}|\\[\\s*]");
    /** Integers that a double cannot represent; they keep their value here. */
    private static final Pattern LARGE_INTEGER = Pattern.compile("(?<![0-9.])[0-9]{17}");
    /** A merge key; it is quoted here, so that it is not read back as a merge. */
    private static final Pattern MERGE_KEY = Pattern.compile("(?m)^((?:- |\\? |: | )*)<<:");

    /** Kinds of random documents. */
    enum Kind {
        VALUES {
            @Override
            String document(RandomYaml random) {
                return random.json();
            }
        },
        SYNTAX {
            @Override
            String document(RandomYaml random) {
                return random.soup();
            }
        },
        SLIPS {
            @Override
            String document(RandomYaml random) throws IOException {
                return random.mutated(merge(random.json()).text());
            }
        };

        abstract String document(RandomYaml random) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readsAndWritesRandomDocumentsAsTheReference(Kind kind) throws IOException {
        try (GoReference reference = GoReference.start()) {
            for (int seed = 0; seed < TRIES; seed++) {
                String document = kind.document(new RandomYaml(seed));
                Answer expected = reference.ask("merge", document, "");
                if (!differsOnPurpose(document, expected)) {
                    assertSame(document, expected, merge(document));
                }
            }
        }
    }

    private static boolean differsOnPurpose(String document, Answer expected) {
        return (EMPTY_COLLECTION.matcher(document).find() && !merge(document).ok())
                || document.startsWith("\uFEFF\uFEFF")
                || (LARGE_INTEGER.matcher(document).find() && expected.ok());
    }

    private static void assertSame(String document, Answer expected, Answer actual) {
        assertThat(actual.ok()).as("%s%n%s%n%s", document, expected, actual).isEqualTo(expected.ok());
        if (expected.ok() && !isSameButForOrder(actual.text(), expected.text())) {
            assertThat(actual.text())
                    .as(document)
                    .isEqualTo(MERGE_KEY.matcher(expected.text()).replaceAll("$1\"<<\":"));
        }
    }

    /**
     * Go's order of keys is not transitive: 1g is before 22, 22 before 124, and 124 before 1g. With such keys the
     * reference's order is random.
     */
    private static boolean isSameButForOrder(String actual, String expected) {
        return lines(actual).equals(lines(expected)) && hasCycle(actual);
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("^(?:- |\\? |: | )*", ""))
                .sorted()
                .toList();
    }

    private static boolean hasCycle(String yaml) {
        NaturalOrder order = new NaturalOrder();
        List<String> keys = Pattern.compile("(?m)^(?:- |\\? |: | )*[\"']?([^\n]*)")
                .matcher(yaml)
                .results()
                .map(key -> key.group(1))
                .toList();
        return keys.stream()
                .anyMatch(a -> keys.stream()
                        .filter(b -> order.compare(a, b) < 0)
                        .anyMatch(b ->
                                keys.stream().anyMatch(c -> order.compare(b, c) < 0 && order.compare(c, a) < 0)));
    }

    @Test
    void readsAndWritesGoldenDocumentsAsTheReference() throws IOException {
        assertThat(golden()).hasSizeGreaterThan(800).allSatisfy(golden -> {
            String document = golden.get("document").getAsString();
            Answer expected = new Answer(
                    golden.has("merged"),
                    golden.has("merged") ? golden.get("merged").getAsString() : "");
            assertSame(document, expected, merge(document));
        });
    }

    /** The reference takes either value: both keys are the same text in JSON, and Go visits a map in a random order. */
    @Test
    void theLastOfTwoKeysWithTheSameTextWins() {
        assertThat(merge("1: a\n\"1\": b\n")).isEqualTo(new Answer(true, "\"1\": b\n"));
    }

    @Test
    void theReferenceMatchesTheGoldenDocuments() throws IOException {
        try (GoReference reference = GoReference.start()) {
            for (JsonObject golden : golden()) {
                Answer answer = reference.ask("merge", golden.get("document").getAsString(), "");
                assertThat(answer.ok() ? answer.text() : null)
                        .as(golden.toString())
                        .isEqualTo(golden.has("merged") ? golden.get("merged").getAsString() : null);
            }
        }
    }

    private static List<JsonObject> golden() throws IOException {
        try (InputStream file = MergeReferenceTest.class.getResourceAsStream(GOLDEN)) {
            assertThat(file).isNotNull();
            Stream<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
            return lines.map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
        }
    }

    static Answer merge(String document) {
        try {
            Map<String, @Nullable Object> merged = new TreeMap<>();
            for (Map<String, @Nullable Object> one : YamlDocuments.read(document.getBytes(StandardCharsets.UTF_8))) {
                merged = YamlValues.merge(merged, one);
            }
            return new Answer(true, YamlWriter.write(merged));
        } catch (InvalidYamlException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
