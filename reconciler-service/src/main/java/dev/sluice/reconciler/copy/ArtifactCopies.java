package dev.sluice.reconciler.copy;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;

/** Applies copy operations to one artifact, move by move. */
final class ArtifactCopies {

    private final BudgetedTree tree;
    private final YamlMerge yamlMerge;
    private final TarballSource tarballs;

    ArtifactCopies(BudgetedTree tree, YamlMerge yamlMerge, TarballSource tarballs) {
        this.tree = tree;
        this.yamlMerge = yamlMerge;
        this.tarballs = tarballs;
    }

    void apply(CopyPlan plan, Map<String, FileTree> sourcesByAlias) throws IOException {
        FileTree source = sourcesByAlias.get(plan.from().alias());
        if (source == null) {
            throw new CopyException("source alias \"%s\" is not among the generator's sources"
                    .formatted(plan.from().alias()));
        }
        CopySelection.of(plan, source, tree::isDirectory, this::apply);
    }

    private void apply(Move move) throws IOException {
        if (move instanceof Move.MakeDirectory directory) {
            makeDirectory(directory.to());
        } else if (move instanceof Move.PutFile file) {
            tree.putFile(file.to(), file.file());
        } else if (move instanceof Move.MergeFile file) {
            merge(file);
        } else if (move instanceof Move.ExtractTarball tarball) {
            extract(tarball);
        }
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
        } else {
            tree.putFile(move.to(), move.file());
        }
    }

    private void extract(Move.ExtractTarball move) throws IOException {
        tree.putDirectory(move.into());
        for (FileTree.Node node : openTarball(move).nodes()) {
            Interruption.check();
            TreePath to = move.into().resolve(node.path());
            if (node.entry() instanceof FileEntry file) {
                tree.putFile(to, keepMode(to, file));
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
