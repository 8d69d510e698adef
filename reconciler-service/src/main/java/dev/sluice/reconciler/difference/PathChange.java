package dev.sluice.reconciler.difference;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreeEntry;
import dev.sluice.artifact.tree.TreePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A difference at a path. Only empty directories are compared; others are represented by their files.
 *
 * @param before the entry in the baseline, if any
 * @param after the current entry, if any
 */
public record PathChange(TreePath path, Optional<TreeEntry> before, Optional<TreeEntry> after) {

    /** Kind of a change. */
    public enum Kind {
        ADDED,
        MODIFIED,
        REMOVED,
        /** Only the executable bit differs. */
        MODE
    }

    /** The differences in tree order. */
    public static List<PathChange> between(FileTree before, FileTree after) {
        List<PathChange> changes = new ArrayList<>();
        for (FileTree.Node node : before.nodes()) {
            Optional<TreeEntry> now = after.get(node.path());
            if (!now.equals(Optional.of(node.entry())) && (node.isFile() || (isLeaf(node, before) && now.isEmpty()))) {
                changes.add(new PathChange(
                        node.path(), Optional.of(node.entry()), now.filter(FileEntry.class::isInstance)));
            }
        }
        for (FileTree.Node node : after.nodes()) {
            boolean wasFile =
                    before.get(node.path()).filter(FileEntry.class::isInstance).isPresent();
            boolean wasThere = before.get(node.path()).isPresent();
            if (node.isFile() ? !wasFile : isLeaf(node, after) && (!wasThere || wasFile)) {
                changes.add(new PathChange(node.path(), Optional.empty(), Optional.of(node.entry())));
            }
        }
        changes.sort(Comparator.comparing(PathChange::path));
        return changes;
    }

    private static boolean isLeaf(FileTree.Node node, FileTree tree) {
        return node.isDirectory() && tree.below(node.path()).isEmpty();
    }

    public Kind kind() {
        if (before.isEmpty()) {
            return Kind.ADDED;
        }
        if (after.isEmpty()) {
            return Kind.REMOVED;
        }
        return sameContent() ? Kind.MODE : Kind.MODIFIED;
    }

    private boolean sameContent() {
        return before.orElse(null) instanceof FileEntry old
                && after.orElse(null) instanceof FileEntry now
                && old.sha256().equals(now.sha256());
    }

    public boolean modeChanged() {
        return before.orElse(null) instanceof FileEntry old
                && after.orElse(null) instanceof FileEntry now
                && old.executable() != now.executable();
    }

    public boolean isExecutable() {
        return after.orElse(null) instanceof FileEntry file && file.executable();
    }

    /** The path, with a trailing slash for a directory. */
    public String shownPath() {
        boolean file = before.or(() -> after).orElse(null) instanceof FileEntry;
        return file ? path.toString() : path + "/";
    }
}
