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
 * Reads a local directory the way source-controller packs a checkout of it: without links, without {@code .git} (a
 * directory, or the file of a worktree or submodule), and without the files that its {@code .sourceignore} files
 * exclude, each below its own directory. Also omits output directories of {@code sluice build}. Stateless and
 * thread-safe.
 */
public final class SourceDirectory {

    /** The name of the file that marks a directory as output of {@code sluice build}. */
    public static final String OUTPUT_MARKER = ".sluice-build";

    private static final String GIT = ".git";

    private SourceDirectory() {}

    /**
     * Indexes {@code directory}. Reads the ignore files first, so that no content of excluded files is read.
     *
     * @param withoutIgnoreFiles used if no ignore file in the directory contains a pattern
     * @param excluded directories to omit; those that are not below {@code directory} have no effect
     * @throws IOException see {@link DirectoryTree#read(Path)}; also if an ignore file is larger than 1 MiB
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

    /** Ignores a marker in the root of the source, which would mark the whole source as output. */
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
