package dev.sluice.reconciler.offline;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
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
final class TextDiff {

    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_LINES = 5000;
    private static final int CONTEXT_LINES = 3;

    private TextDiff() {}

    /** The marker of git for a last line without a newline. */
    private static final String NO_NEWLINE = "\\ No newline at end of file";

    /** Returns unified hunks; none for directories and for files that are large or not text. */
    static List<String> of(PathChange change) throws IOException {
        Optional<List<String>> before = lines(change.before());
        Optional<List<String>> after = lines(change.after());
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        if (!before.equals(after) && withoutEndings(before.get()).equals(withoutEndings(after.get()))) {
            return List.of(
                    "only line endings differ: %s, before %s".formatted(ending(after.get()), ending(before.get())));
        }
        Patch<String> patch = DiffUtils.diff(before.get(), after.get());
        List<String> unified = UnifiedDiffUtils.generateUnifiedDiff("", "", before.get(), patch, CONTEXT_LINES);
        return unified.isEmpty() ? List.of() : unified.subList(2, unified.size());
    }

    private static Optional<List<String>> lines(Optional<TreeEntry> entry) throws IOException {
        if (!(entry.orElse(null) instanceof FileEntry file)) {
            return Optional.empty();
        }
        if (file.size() > MAX_BYTES) {
            return Optional.empty();
        }
        byte[] content = file.blob().readAll(MAX_BYTES);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            List<String> lines = lines(text);
            return text.indexOf('\0') >= 0 || lines.size() > MAX_LINES ? Optional.empty() : Optional.of(lines);
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
