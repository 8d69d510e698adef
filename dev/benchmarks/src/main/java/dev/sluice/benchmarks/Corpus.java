package dev.sluice.benchmarks;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A made-up repository of manifests: the same files on every run, as compressible as real ones. */
final class Corpus {

    static final int FILES = 6_000;
    static final int FILE_BYTES = 10_000;

    private static final int WORDS = 4_000;
    private static final String[] KEYS = {"name", "image", "replicas", "namespace", "value", "path", "port", "label"};

    private final Random random = new Random(20_261_122);
    private final String[] words = new String[WORDS];

    private Corpus() {
        for (int i = 0; i < WORDS; i++) {
            words[i] = word();
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
            text.append("  ".repeat(random.nextInt(5))).append(KEYS[random.nextInt(KEYS.length)]);
            text.append(": ");
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                text.append(words[skewed()]).append('-');
            }
            text.append(random.nextInt(1000)).append('\n');
        }
        text.setLength(FILE_BYTES);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Few words often, most words seldom, as in real text. */
    private int skewed() {
        double x = random.nextDouble();
        return (int) (WORDS * x * x * x);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int n = 3 + random.nextInt(8); n > 0; n--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
