package dev.sluice.reconciler.build;

import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.DirectoryEntry;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Applies the copy operations of an output artifact to source trees. Thread-safe if its collaborators are. */
public final class ArtifactBuilder {

    private final YamlMerge yamlMerge;
    private final TarballSource tarballs;

    /**
     * @param blobs takes the content of merged files
     * @param tarballs opens the tarballs that operations extract
     */
    public ArtifactBuilder(BlobStore blobs, TarballSource tarballs) {
        this.yamlMerge = new YamlMerge(blobs);
        this.tarballs = tarballs;
    }

    /**
     * What is to be published: the built tree after the default source-ignore filter, relative to the artifact's root.
     *
     * @throws BuildException naming the copy operation that cannot be carried out
     */
    public FileTree buildPublishable(OutputArtifact artifact, Map<String, FileTree> sourcesByAlias) throws IOException {
        return SourceIgnore.defaults().apply(build(artifact, sourcesByAlias));
    }

    /**
     * The tree that the copy operations make, in their order, before the default filter.
     *
     * @throws BuildException naming the copy operation that cannot be carried out
     */
    public FileTree build(OutputArtifact artifact, Map<String, FileTree> sourcesByAlias) throws IOException {
        FileTree.Builder tree = FileTree.builder();
        List<CopyOperation> operations = artifact.copy();
        for (int i = 0; i < operations.size(); i++) {
            try {
                apply(CopyPlan.parse(operations.get(i)), sourcesByAlias, tree);
            } catch (IOException e) {
                throw new BuildException(i, operations.get(i), e);
            }
        }
        return tree.build();
    }

    private void apply(CopyPlan plan, Map<String, FileTree> sourcesByAlias, FileTree.Builder tree) throws IOException {
        FileTree source = sourcesByAlias.get(plan.from().alias());
        if (source == null) {
            throw new CopyException("source alias \"%s\" is not among the generator's sources"
                    .formatted(plan.from().alias()));
        }
        for (Move move : Selection.of(plan, source, path -> isDirectory(path, tree))) {
            apply(move, tree);
        }
    }

    private static boolean isDirectory(TreePath path, FileTree.Builder tree) {
        return path.isRoot() || tree.get(path).orElse(null) instanceof DirectoryEntry;
    }

    private void apply(Move move, FileTree.Builder tree) throws IOException {
        if (move instanceof Move.MakeDirectory directory) {
            makeDirectory(directory.to(), tree);
        } else if (move instanceof Move.PutFile file) {
            tree.putFile(file.to(), file.file());
        } else if (move instanceof Move.MergeFile file) {
            merge(file, tree);
        } else if (move instanceof Move.ExtractTarball tarball) {
            extract(tarball, tree);
        }
    }

    /** An empty directory does not push a file aside, nor does it fail: the reference builds such artifacts. */
    private static void makeDirectory(TreePath to, FileTree.Builder tree) throws IOException {
        if (!(tree.get(to).orElse(null) instanceof FileEntry)) {
            tree.putDirectory(to);
        }
    }

    private void merge(Move.MergeFile move, FileTree.Builder tree) throws IOException {
        FileEntry merged = tree.get(move.to()).orElse(null) instanceof FileEntry existing
                ? yamlMerge.merge(existing, move.to(), move.file(), move.from())
                : move.file();
        tree.putFile(move.to(), merged);
    }

    private void extract(Move.ExtractTarball move, FileTree.Builder tree) throws IOException {
        tree.putDirectory(move.into());
        for (FileTree.Node node : openTarball(move).nodes()) {
            TreePath to = move.into().resolve(node.path());
            if (node.entry() instanceof FileEntry file) {
                tree.putFile(to, keepMode(tree, to, file));
            } else {
                tree.putDirectory(to);
            }
        }
    }

    private FileTree openTarball(Move.ExtractTarball move) throws IOException {
        try {
            return tarballs.open(move.tarball());
        } catch (IOException e) {
            throw new CopyException("cannot extract \"%s\"".formatted(move.from()), e);
        }
    }

    private static FileEntry keepMode(FileTree.Builder tree, TreePath path, FileEntry file) {
        return tree.get(path).orElse(null) instanceof FileEntry existing
                ? new FileEntry(existing.executable(), file.sha256(), file.blob())
                : file;
    }
}
