package dev.sluice.examples.release.upstream;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.examples.release.upstream.ReleaseFailure.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The downloaded and verified file of a release, on disk until this is closed. Not thread-safe. */
public final class DownloadedRelease implements AutoCloseable {

    /** Reads a small file from the upstream directory of the release. */
    interface Companions {
        String text(String name) throws ReleaseFailure;
    }

    private final Path directory;
    private final Digest digest;
    private final Companions companions;
    private @Nullable SpoolFile spool;

    DownloadedRelease(Path directory, Digest digest, Companions companions) {
        this.directory = directory;
        this.digest = digest;
        this.companions = companions;
    }

    /** The downloaded file. */
    public Path file() {
        return directory.resolve("release.tar.gz");
    }

    /** The verified checksum of the file. */
    public Digest digest() {
        return digest;
    }

    /**
     * Downloads a small file from the same upstream directory with the same credentials, such as a signature.
     *
     * @throws ReleaseFailure if it cannot be fetched or is larger than 1 MiB
     */
    public String companion(String name) throws ReleaseFailure {
        return companions.text(name);
    }

    // region unpack
    /**
     * Returns the content of the archive, or of a directory in it. The content is read from disk while this is open.
     *
     * @param path empty for the whole archive
     * @throws ReleaseFailure if the archive has forbidden entries, or none below the path
     */
    public FileTree unpack(Optional<String> path) throws IOException, ReleaseFailure {
        spool = SpoolFile.create(directory.resolve("spool"));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file()))) {
            FileTree tree = TarGzReader.index(in, spool, UnpackOptions.untrusted());
            return path.isEmpty() ? tree : below(tree, TreePath.of(path.get()));
        } catch (IOException e) {
            throw new ReleaseFailure(Reason.VERIFICATION_FAILED, String.valueOf(e.getMessage()), e);
        }
    }
    // endregion

    private static FileTree below(FileTree tree, TreePath directory) throws IOException {
        List<FileTree.Node> nodes = tree.below(directory);
        if (nodes.isEmpty()) {
            throw new IOException("the archive has no files in directory '" + directory + "'");
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

    @Override
    public void close() throws IOException {
        if (spool != null) {
            spool.unlink();
            spool.close();
        }
        Files.deleteIfExists(file());
        Files.deleteIfExists(directory);
    }
}
