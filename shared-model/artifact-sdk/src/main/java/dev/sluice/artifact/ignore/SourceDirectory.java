package dev.sluice.artifact.ignore;

import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.LinkPolicy;
import dev.sluice.artifact.tree.PathFilter;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads a directory of this machine as source-controller packs a checkout of it: without links, without {@code .git}
 * (a directory, or the file that a worktree or submodule has in its place), and without what its
 * {@code .sourceignore} files exclude, each below its own directory. What {@code sluice build} wrote below the directory
 * is left out too. Stateless and thread-safe.
 */
public final class SourceDirectory {

    /** The name of the file that marks a directory as the output of {@code sluice build}. */
    public static final String OUTPUT_MARKER = ".sluice-build";

    private static final String GIT = ".git";

    private SourceDirectory() {}

    /**
     * Indexes {@code directory}. Ignore files are looked for first, so that no content is read of what they exclude.
     *
     * @param withoutIgnoreFiles what applies when no ignore file in the directory has a pattern
     * @param excluded directories to leave out with all their content; one that is not below {@code directory} has no
     *     effect
     * @throws IOException as {@link DirectoryTree#read(Path)}, and if an ignore file is larger than 1 MiB
     */
    public static FileTree read(Path directory, SourceIgnore withoutIgnoreFiles, Collection<Path> excluded)
            throws IOException {
        FileTree marked = DirectoryTree.read(
                directory, LinkPolicy.SKIP, (path, isDirectory) -> isDirectory || !isMarked(path) || isGit(path));
        Set<TreePath> outputs = outputs(directory, marked, excluded);
        SourceIgnore ignore =
                SourceIgnore.fromIgnoreFiles(marked.filter(node -> !isIn(outputs, node.path())), withoutIgnoreFiles);
        PathFilter leftOut = (path, isDirectory) -> path.name().equals(OUTPUT_MARKER)
                || isGit(path)
                || isIn(outputs, path)
                || ignore.ignores(path, isDirectory);
        return DirectoryTree.read(directory, LinkPolicy.SKIP, leftOut);
    }

    private static boolean isMarked(TreePath path) {
        return path.name().equals(SourceIgnore.IGNORE_FILE) || path.name().equals(OUTPUT_MARKER);
    }

    /** A marker in the source's own root does not make the whole source an output. */
    private static Set<TreePath> outputs(Path directory, FileTree marked, Collection<Path> excluded)
            throws IOException {
        Set<TreePath> outputs = new HashSet<>();
        for (FileTree.Node node : marked.nodes()) {
            if (node.isFile() && node.path().name().equals(OUTPUT_MARKER)) {
                outputs.add(node.path().parent());
            }
        }
        for (Path path : excluded) {
            if (Files.exists(path)) {
                add(directory.toRealPath(), path.toRealPath(), outputs);
            }
        }
        outputs.remove(TreePath.ROOT);
        return outputs;
    }

    private static void add(Path root, Path path, Set<TreePath> outputs) throws UnsafePathException {
        if (path.startsWith(root) && !path.equals(root)) {
            outputs.add(TreePath.of(root.relativize(path).toString()));
        }
    }

    private static boolean isIn(Set<TreePath> directories, TreePath path) {
        for (TreePath at = path; !at.isRoot(); at = at.parent()) {
            if (directories.contains(at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGit(TreePath path) {
        for (TreePath at = path; !at.isRoot(); at = at.parent()) {
            if (at.name().equals(GIT)) {
                return true;
            }
        }
        return false;
    }
}
