package dev.sluice.reconciler.copy;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.glob.DoublestarPattern;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies copy operations to one artifact, move by move. */
final class ArtifactCopies implements CopySelection.Moves {

    private final BudgetedTree tree;
    private final YamlMerge yamlMerge;
    private final TarballSource tarballs;
    private final BuildListener listener;

    ArtifactCopies(BudgetedTree tree, YamlMerge yamlMerge, TarballSource tarballs, BuildListener listener) {
        this.tree = tree;
        this.yamlMerge = yamlMerge;
        this.tarballs = tarballs;
        this.listener = listener;
    }

    void apply(int index, CopyPlan plan, Map<String, FileTree> sourcesByAlias) throws IOException {
        FileTree source = sourcesByAlias.get(plan.from().alias());
        if (source == null) {
            throw new CopyException("source alias \"%s\" is not among the generator's sources"
                    .formatted(plan.from().alias()));
        }
        listener.begin(index, plan);
        CopySelection.of(plan, source, tree::isDirectory, this);
    }

    @Override
    public void add(Move move) throws IOException {
        if (move instanceof Move.MakeDirectory directory) {
            makeDirectory(directory.to());
        } else if (move instanceof Move.PutFile file) {
            copy(file.from(), file.file(), file.to());
        } else if (move instanceof Move.MergeFile file) {
            merge(file);
        } else if (move instanceof Move.ExtractTarball tarball) {
            extract(tarball);
        }
    }

    @Override
    public void leftOut(TreePath from, boolean isDirectory, @Nullable DoublestarPattern pattern) throws IOException {
        listener.leftOut(from, isDirectory, pattern);
    }

    @Override
    public void nothing(String problem) throws IOException {
        listener.nothing(problem);
    }

    private void copy(TreePath from, FileEntry file, TreePath to) throws IOException {
        tree.putFile(to, file);
        listener.copied(from, to);
    }

    /** Creates a directory. An existing file at the path stays and is not an error, as in the reference. */
    private void makeDirectory(TreePath to) throws IOException {
        if (!(tree.get(to).orElse(null) instanceof FileEntry)) {
            tree.putDirectory(to);
        }
    }

    private void merge(Move.MergeFile move) throws IOException {
        if (tree.get(move.to()).orElse(null) instanceof FileEntry existing) {
            tree.putMerged(move.to(), yamlMerge.merge(existing, move.to(), move.file(), move.from()));
            listener.merged(move.from(), move.to());
        } else {
            copy(move.from(), move.file(), move.to());
        }
    }

    private void extract(Move.ExtractTarball move) throws IOException {
        tree.putDirectory(move.into());
        for (FileTree.Node node : openTarball(move).nodes()) {
            Interruption.check();
            TreePath to = move.into().resolve(node.path());
            if (node.entry() instanceof FileEntry file) {
                tree.putFile(to, keepMode(to, file));
                listener.extracted(move.from(), node.path(), to);
            } else {
                tree.putDirectory(to);
            }
        }
    }

    private FileTree openTarball(Move.ExtractTarball move) throws IOException {
        try {
            return tarballs.open(move.tarball());
        } catch (LimitExceededException | BudgetWaitException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new CopyException("cannot extract \"%s\"".formatted(move.from()), e);
        }
    }

    private FileEntry keepMode(TreePath path, FileEntry file) {
        return tree.get(path).orElse(null) instanceof FileEntry existing
                ? new FileEntry(existing.executable(), file.sha256(), file.blob())
                : file;
    }
}
