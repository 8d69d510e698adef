package dev.sluice.reconciler.file;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.glob.LexicalPath;
import java.io.IOException;
import java.util.Optional;

/**
 * A reference to one file, {@code @alias/<path>}; the path is not a glob.
 *
 * @param alias alias of a source, or {@link #ARTIFACT}
 * @param path path in the tree, as given
 */
public record FileReference(String alias, String path) {

    /** The alias of the artifact itself, even if a source has the same alias. */
    public static final String ARTIFACT = "artifact";

    /** Returns the parts of the reference; empty if it does not have the format {@code @alias/<path>}. */
    public static Optional<FileReference> parse(String text) {
        int slash = text.indexOf('/');
        return text.startsWith("@") && slash > 1
                ? Optional.of(new FileReference(text.substring(1, slash), text.substring(slash + 1)))
                : Optional.empty();
    }

    /** Whether the file is in the artifact. */
    public boolean isInArtifact() {
        return alias.equals(ARTIFACT);
    }

    /** Why the path does not name a file inside the tree; empty if it may. {@code a/../b} is allowed. */
    public Optional<String> problem() {
        if (path.isEmpty()) {
            return Optional.of("the path is empty");
        }
        return LexicalPath.climbsOut(path.startsWith("/") ? path : LexicalPath.clean(path))
                ? Optional.of("the path \"%s\" leads out of \"@%s/\"".formatted(path, alias))
                : Optional.empty();
    }

    /**
     * Reads the file.
     *
     * @param maxBytes maximum size of the file
     * @throws IOException if there is no such file, or it is larger
     */
    public byte[] read(FileTree tree, int maxBytes) throws IOException {
        String cleaned = LexicalPath.clean(path);
        if (cleaned.equals(".")) {
            throw new IOException("it is a directory");
        }
        FileEntry file = tree.get(TreePath.of(cleaned))
                .map(entry -> entry instanceof FileEntry found ? found : null)
                .orElseThrow(() -> new IOException("there is no such file"));
        if (file.size() > maxBytes) {
            throw new IOException("file exceeds the maximum size of %d bytes".formatted(maxBytes));
        }
        return file.blob().readAll(maxBytes);
    }
}
