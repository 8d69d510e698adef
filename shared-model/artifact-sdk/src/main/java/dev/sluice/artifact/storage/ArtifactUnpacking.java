package dev.sluice.artifact.storage;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** Unpacks part of a stored artifact next to its destination and moves it there in one step. */
final class ArtifactUnpacking {

    private static final int MAX_ENTRIES = 1_000_000;

    private ArtifactUnpacking() {}

    static void unpack(Path archive, String subPath, Path destination) throws IOException {
        TreePath wanted = treePath(subPath);
        Path target = destination.toAbsolutePath().normalize();
        Path parent = Objects.requireNonNull(target.getParent(), "the destination is the root directory");
        Files.createDirectories(parent);
        Path work = Files.createTempDirectory(parent, StoredNames.newTemp());
        Path unpacked = work.resolve("unpacked");
        try (SpoolFile spool = SpoolFile.create(work.resolve("spool"));
                InputStream in = Files.newInputStream(archive, LinkOption.NOFOLLOW_LINKS)) {
            FileTree tree = part(TarGzReader.index(in, spool, UnpackOptions.fluxSource(MAX_ENTRIES)), wanted);
            Files.createDirectory(unpacked);
            DirectoryTree.write(tree, unpacked);
            moveInto(target, unpacked.resolve(wanted.toString()));
        } finally {
            new RecursiveDeletion(work, WriteFence.OPEN).run();
        }
    }

    private static TreePath treePath(String subPath) throws IOException {
        String relative = subPath.startsWith("./") ? subPath.substring(2) : subPath;
        String trimmed = relative.replaceAll("/+$", "");
        return trimmed.isEmpty() || trimmed.equals(".") ? TreePath.ROOT : TreePath.of(trimmed);
    }

    private static FileTree part(FileTree tree, TreePath wanted) throws IOException {
        List<FileTree.Node> nodes = tree.withPrefix(wanted);
        if (nodes.isEmpty() && !wanted.isRoot()) {
            throw new NoSuchFileException(wanted.toString(), null, "no such file or directory in the artifact");
        }
        FileTree.Builder part = FileTree.builder();
        for (FileTree.Node node : nodes) {
            if (node.entry() instanceof FileEntry file) {
                part.putFile(node.path(), file);
            } else {
                part.putDirectory(node.path());
            }
        }
        return part.build();
    }

    /** Replaces an empty directory with a directory; never replaces anything else. */
    private static void moveInto(Path target, Path unpacked) throws IOException {
        boolean replaceable = Files.isDirectory(unpacked) && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !replaceable) {
            throw new FileAlreadyExistsException(target.toString(), null, "remove it or choose another destination");
        }
        Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
