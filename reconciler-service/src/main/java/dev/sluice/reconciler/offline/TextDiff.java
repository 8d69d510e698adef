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
import java.util.List;
import java.util.Optional;

/** The lines that differ between two versions of a text file, where somebody would want to read them. */
final class TextDiff {

    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_LINES = 5000;
    private static final int CONTEXT_LINES = 3;

    private TextDiff() {}

    /** Unified hunks; none for directories, and for files that are large or not text. */
    static List<String> of(Change change) throws IOException {
        Optional<List<String>> before = lines(change.before());
        Optional<List<String>> after = lines(change.after());
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
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
            List<String> lines = text.lines().toList();
            return text.indexOf('\0') >= 0 || lines.size() > MAX_LINES ? Optional.empty() : Optional.of(lines);
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
