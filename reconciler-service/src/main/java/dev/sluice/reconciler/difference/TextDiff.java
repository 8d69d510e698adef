package dev.sluice.reconciler.difference;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmI;
import com.github.difflib.algorithm.myers.MeyersDiff;
import com.github.difflib.algorithm.myers.MeyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.TreeEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes the differing lines of two versions of a text file. */
public final class TextDiff {

    /** Limits of a comparison. */
    private record Limits(int bytes, int lines) {}

    /** Files up to this size can be compared by {@link #ofUntrusted}. */
    public static final int MAX_UNTRUSTED_BYTES = 64 * 1024;

    private static final Limits OWN = new Limits(256 * 1024, 5000);
    private static final Limits UNTRUSTED = new Limits(MAX_UNTRUSTED_BYTES, 1000);
    private static final int CONTEXT_LINES = 3;

    private TextDiff() {}

    /** The marker of git for a last line without a newline. */
    private static final String NO_NEWLINE = "\\ No newline at end of file";

    /** Returns unified hunks; none for directories and for files that are large or not text. */
    public static List<String> of(PathChange change) throws IOException {
        return of(change, OWN, new MeyersDiff<>());
    }

    /**
     * As {@link #of}, but for smaller files, and with memory that is proportional to their size: the faster algorithm can
     * take hundreds of megabytes for two files that have no line in common.
     */
    public static List<String> ofUntrusted(PathChange change) throws IOException {
        return of(change, UNTRUSTED, new MeyersDiffWithLinearSpace<>());
    }

    private static List<String> of(PathChange change, Limits limits, DiffAlgorithmI<String> algorithm)
            throws IOException {
        Optional<List<String>> before = lines(change.before(), limits);
        Optional<List<String>> after = lines(change.after(), limits);
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        if (!before.equals(after) && withoutEndings(before.get()).equals(withoutEndings(after.get()))) {
            return List.of(
                    "only line endings differ: %s, before %s".formatted(ending(after.get()), ending(before.get())));
        }
        Patch<String> patch = DiffUtils.diff(before.get(), after.get(), algorithm);
        List<String> unified = UnifiedDiffUtils.generateUnifiedDiff("", "", before.get(), patch, CONTEXT_LINES);
        return unified.isEmpty() ? List.of() : deletionsFirst(unified.subList(2, unified.size()));
    }

    /** Puts the deleted lines of each change before the added ones, which the algorithms do not always do. */
    private static List<String> deletionsFirst(List<String> unified) {
        List<String> sorted = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (String line : unified) {
            if (line.startsWith("+")) {
                added.add(line);
            } else {
                if (!line.startsWith("-")) {
                    sorted.addAll(added);
                    added.clear();
                }
                sorted.add(line);
            }
        }
        sorted.addAll(added);
        return sorted;
    }

    private static Optional<List<String>> lines(Optional<TreeEntry> entry, Limits limits) throws IOException {
        if (!(entry.orElse(null) instanceof FileEntry file)) {
            return Optional.empty();
        }
        if (file.size() > limits.bytes()) {
            return Optional.empty();
        }
        byte[] content = file.blob().readAll(limits.bytes());
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            List<String> lines = lines(text);
            return text.indexOf('\0') >= 0 || lines.size() > limits.lines() ? Optional.empty() : Optional.of(lines);
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** Splits into lines. A carriage return belongs to its line; a missing final newline becomes a line of its own. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.remove(lines.size() - 1);
        if (!last.isEmpty()) {
            lines.add(last);
            lines.add(NO_NEWLINE);
        }
        return lines;
    }

    private static List<String> withoutEndings(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.equals(NO_NEWLINE))
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .toList();
    }

    private static String ending(List<String> lines) {
        long returns = lines.stream().filter(line -> line.endsWith("\r")).count();
        boolean newline = !lines.contains(NO_NEWLINE);
        int ended = newline ? lines.size() : lines.size() - 2;
        String kind = returns == 0 ? "LF" : returns >= ended ? "CRLF" : "LF and CRLF";
        return newline ? kind : kind + ", no newline at the end";
    }
}
