package dev.sluice.reconciler.copy;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.reconciler.glob.ComponentGlob;
import dev.sluice.reconciler.glob.DoublestarGlob;
import dev.sluice.reconciler.glob.DoublestarPattern;
import dev.sluice.reconciler.glob.LexicalPath;
import dev.sluice.reconciler.glob.TreeGlob;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Determines the moves of a copy operation on a source. Reads no content.
 * <p>The rules are those of source-watcher's code, which nearly match {@code cp}; see docs/artifact-generator.md.
 */
final class CopySelection {

    private final CopyPlan plan;
    private final FileTree source;
    private final Moves moves;

    private CopySelection(CopyPlan plan, FileTree source, Moves moves) {
        this.plan = plan;
        this.source = source;
        this.moves = moves;
    }

    /** Receives moves as they are found. */
    interface Moves {
        void add(Move move) throws IOException;

        /**
         * Reports a file or directory that is selected but not copied.
         *
         * @param pattern the exclude pattern that matches; null if the file is not a tarball
         */
        void leftOut(TreePath from, boolean isDirectory, @Nullable DoublestarPattern pattern) throws IOException;

        /** Reports that an optional operation selects nothing. */
        void nothing(String problem) throws IOException;
    }

    /**
     * Finds the moves of an operation, in order.
     *
     * @param directoryInArtifact whether the artifact built so far has a directory at a path
     */
    static void of(CopyPlan plan, FileTree source, Predicate<TreePath> directoryInArtifact, Moves moves)
            throws IOException {
        CopySelection selection = new CopySelection(plan, source, moves);
        if (plan.from().isGlob()) {
            selection.glob();
        } else {
            selection.path(directoryInArtifact);
        }
    }

    private void path(Predicate<TreePath> directoryInArtifact) throws IOException {
        String path = LexicalPath.clean(plan.from().pattern());
        if (LexicalPath.climbsOut(path)) {
            throw new CopyException(
                    "path \"%s\" leaves the source".formatted(plan.from().pattern()));
        }
        List<FileTree.Node> found = path.equals(".") ? List.of() : find(path);
        if (path.equals(".")) {
            directoryNamed(TreePath.ROOT);
        } else if (found.isEmpty()) {
            selectsNothing("path \"%s\" does not exist".formatted(path));
        } else if (found.get(0).entry() instanceof FileEntry file) {
            fileNamed(found.get(0).path(), file, directoryInArtifact);
        } else {
            directoryNamed(found.get(0).path());
        }
    }

    private List<FileTree.Node> find(String path) {
        try {
            TreePath wanted = TreePath.of(path);
            return source.get(wanted)
                    .map(entry -> List.of(new FileTree.Node(wanted, entry)))
                    .orElse(List.of());
        } catch (UnsafePathException nothingCanHaveThisPath) {
            return List.of();
        }
    }

    private void fileNamed(TreePath path, FileEntry file, Predicate<TreePath> directoryInArtifact) throws IOException {
        if (isExcluded(path, false, plan.excludes())) {
            return;
        }
        if (plan.strategy() == Strategy.EXTRACT) {
            if (!isTarball(path)) {
                throw new CopyException(
                        "strategy Extract requires a .tar.gz or .tgz file; \"%s\" is not one".formatted(path));
            }
            moves.add(new Move.ExtractTarball(path, file, plan.to().path()));
            return;
        }
        if (!plan.to().endsInSlash()) {
            requireTraversedDirectories(directoryInArtifact);
        }
        boolean into =
                plan.to().endsInSlash() || directoryInArtifact.test(plan.to().path());
        file(path, file, into ? plan.to().resolve(path.name()) : plan.to().asFile());
    }

    private void requireTraversedDirectories(Predicate<TreePath> directoryInArtifact) throws IOException {
        TreePath parent = plan.to().path().parent();
        for (TreePath directory : plan.to().traversedDirectories()) {
            boolean created = parent.equals(directory) || parent.toString().startsWith(directory + "/");
            if (!created && !directoryInArtifact.test(directory)) {
                throw new CopyException("\"%s\" traverses \"%s\", which is not a directory in the artifact; use \"%s\""
                        .formatted(plan.to().text(), directory, plan.to().path()));
            }
        }
    }

    private void directoryNamed(TreePath path) throws IOException {
        if (plan.strategy() == Strategy.EXTRACT) {
            throw new CopyException("strategy Extract requires a .tar.gz or .tgz file; \"%s\" is a directory"
                    .formatted(path.isRoot() ? "." : path));
        }
        TreePath to = path.isRoot() ? plan.to().path() : plan.to().resolve(path.name());
        directory(path, to, plan.excludes().relativeTo(path.isRoot() ? "." : path.toString()));
    }

    private void glob() throws IOException {
        String pattern = plan.from().pattern();
        TreeGlob glob =
                plan.strategy() == Strategy.EXTRACT ? DoublestarGlob.parse(pattern) : ComponentGlob.parse(pattern);
        List<FileTree.Node> matches = glob.select(source);
        if (matches.isEmpty()) {
            selectsNothing("nothing matches \"%s\"".formatted(pattern));
            return;
        }
        Excludes excludes = plan.excludes().relativeTo(plan.from().literalRoot());
        boolean any = false;
        for (FileTree.Node match : matches) {
            Interruption.check();
            if (!isExcluded(match.path(), match.isDirectory(), excludes)) {
                any = true;
                matched(match, excludes);
            }
        }
        if (!any) {
            selectsNothing("everything that matches \"%s\" is excluded".formatted(pattern));
        }
    }

    private void matched(FileTree.Node match, Excludes excludes) throws IOException {
        if (plan.strategy() == Strategy.EXTRACT) {
            tarball(match);
            return;
        }
        TreePath to = plan.to().resolve(belowDestination(match.path()));
        if (match.entry() instanceof FileEntry file) {
            file(match.path(), file, to);
        } else {
            directory(match.path(), to, excludes);
        }
    }

    /** The path below the literal directory of {@code directory/**}; the whole path with any other pattern. */
    private String belowDestination(TreePath match) {
        String pattern = plan.from().pattern();
        String path = match.toString();
        String prefix = pattern.endsWith("/**") ? pattern.substring(0, pattern.length() - 2) : "";
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }

    private void tarball(FileTree.Node match) throws IOException {
        if (!isTarball(match.path())) {
            moves.leftOut(match.path(), match.isDirectory(), null);
            return;
        }
        if (match.entry() instanceof FileEntry file) {
            moves.add(new Move.ExtractTarball(match.path(), file, plan.to().path()));
        } else {
            throw new CopyException("\"%s\" is a directory, not a tarball; exclude it".formatted(match.path()));
        }
    }

    private void file(TreePath from, FileEntry file, TreePath to) throws IOException {
        moves.add(
                plan.strategy() == Strategy.MERGE
                        ? new Move.MergeFile(from, file, to)
                        : new Move.PutFile(from, file, to));
    }

    private void directory(TreePath from, TreePath to, Excludes excludes) throws IOException {
        moves.add(new Move.MakeDirectory(to));
        List<FileTree.Node> below = source.below(from);
        for (int i = 0; i < below.size(); i++) {
            Interruption.check();
            FileTree.Node node = below.get(i);
            if (isExcluded(node.path(), node.isDirectory(), excludes)) {
                i += node.isDirectory() ? source.below(node.path()).size() : 0;
                continue;
            }
            TreePath target = to.resolve(node.path().relativize(from));
            moves.add(
                    node.entry() instanceof FileEntry file
                            ? new Move.PutFile(node.path(), file, target)
                            : new Move.MakeDirectory(target));
        }
    }

    private boolean isExcluded(TreePath path, boolean isDirectory, Excludes excludes) throws IOException {
        DoublestarPattern pattern = excludes.matching(path);
        if (pattern != null) {
            moves.leftOut(path, isDirectory, pattern);
        }
        return pattern != null;
    }

    private void selectsNothing(String problem) throws IOException {
        String inSource = "%s in source \"%s\"".formatted(problem, plan.from().alias());
        if (!plan.optional()) {
            throw new CopyException(inSource);
        }
        moves.nothing(inSource);
    }

    private static boolean isTarball(TreePath path) {
        String name = path.name().toLowerCase(Locale.ROOT);
        return name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }
}
