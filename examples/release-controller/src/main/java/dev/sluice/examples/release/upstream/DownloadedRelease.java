package dev.sluice.examples.release.upstream;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.controller.source.BuildContext;
import dev.sluice.controller.source.BuildFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The downloaded file of a release in the directory of the build.
 *
 * @param digest the verified checksum of the file
 */
public record DownloadedRelease(Path file, Digest digest, Upstream upstream) {

    /**
     * Downloads a small file from the same upstream directory with the same credentials, such as a signature.
     *
     * @throws IOException if it cannot be fetched or is larger than 1 MiB
     */
    public String companion(String name) throws IOException {
        return upstream.text(name);
    }

    // region unpack
    /**
     * Returns the content of the archive, or of a directory in it. The content is read from disk during the build.
     *
     * @param path null for the whole archive
     * @throws IOException if the archive has forbidden entries
     * @throws BuildFailure if it has none below the path
     */
    public FileTree unpack(@Nullable String path, BuildContext context) throws IOException, BuildFailure {
        SpoolFile spool = context.closing(SpoolFile.create(context.directory().resolve("spool")));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            FileTree tree = TarGzReader.index(in, spool, UnpackOptions.untrusted());
            return path == null ? tree : below(tree, TreePath.of(path));
        }
    }
    // endregion

    private static FileTree below(FileTree tree, TreePath directory) throws IOException, BuildFailure {
        List<FileTree.Node> nodes = tree.below(directory);
        if (nodes.isEmpty()) {
            throw Failures.verificationFailed("the archive has no files in directory '" + directory + "'");
        }
        FileTree.Builder builder = FileTree.builder();
        for (FileTree.Node node : nodes) {
            TreePath path = node.path().relativize(directory);
            if (node.entry() instanceof FileEntry file) {
                builder.putFile(path, file);
            } else {
                builder.putDirectory(path);
            }
        }
        return builder.build();
    }
}
