package dev.sluice.benchmarks;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A generated repository of manifests, the same for every run. Most lines occur in many files, so that it compresses to
 * a quarter, like source code; real manifests compress to a tenth.
 */
final class Corpus {

    static final int FILES = 6_000;
    static final int FILE_BYTES = 10_000;

    private static final int WORDS = 4_000;
    private static final int COMMON_LINES = 1_500;
    private static final String[] KEYS = {"name", "image", "replicas", "namespace", "value", "path", "port", "label"};

    private final Random random = new Random(20_261_122);
    private final String[] words = new String[WORDS];
    private final String[] commonLines = new String[COMMON_LINES];

    private Corpus() {
        for (int i = 0; i < WORDS; i++) {
            words[i] = word();
        }
        for (int i = 0; i < COMMON_LINES; i++) {
            commonLines[i] = line();
        }
    }

    /** 6,000 files, 60 MB. */
    static FileTree tree() {
        try {
            Corpus corpus = new Corpus();
            FileTree.Builder builder = FileTree.builder();
            for (int i = 0; i < FILES; i++) {
                TreePath path = TreePath.of("apps/team-" + i / 100 + "/service-" + i + "/deployment.yaml");
                builder.putFile(path, FileEntry.of(i % 50 == 0, corpus.file()));
            }
            return builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] file() {
        StringBuilder text = new StringBuilder(FILE_BYTES + 100);
        while (text.length() < FILE_BYTES) {
            text.append(random.nextInt(20) == 0 ? line() : commonLines[skewed(COMMON_LINES)]);
        }
        text.setLength(FILE_BYTES);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private String line() {
        StringBuilder line = new StringBuilder("  ".repeat(random.nextInt(5)));
        line.append(KEYS[random.nextInt(KEYS.length)]).append(": ");
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            line.append(words[skewed(WORDS)]).append('-');
        }
        return line.append(random.nextInt(1000)).append('\n').toString();
    }

    /** A skewed distribution, like in real text. */
    private int skewed(int number) {
        double x = random.nextDouble();
        return (int) (number * x * x * x);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int n = 3 + random.nextInt(8); n > 0; n--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
