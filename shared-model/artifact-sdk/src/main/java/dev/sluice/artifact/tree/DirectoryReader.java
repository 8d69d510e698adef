package dev.sluice.artifact.tree;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Reads one directory into a tree. */
final class DirectoryReader extends SimpleFileVisitor<Path> {

    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    /** A real path, because the directory itself may be a link; entries below it may not. */
    private final Path directory;

    private final LinkPolicy links;
    private final PathFilter filter;
    private final FileTree.Builder builder = FileTree.builder();

    DirectoryReader(Path directory, LinkPolicy links, PathFilter filter) throws IOException {
        this.directory = directory.toRealPath();
        this.links = links;
        this.filter = filter;
    }

    FileTree read() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        Files.walkFileTree(directory, this);
        return builder.build();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
        Interruption.check();
        TreePath path = treePath(visited);
        if (!path.isRoot() && !filter.excludes(path, true)) {
            builder.putDirectory(path);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
        Interruption.check();
        TreePath path = treePath(visited);
        if (filter.excludes(path, false)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isRegularFile()) {
            builder.putFile(path, fileEntry(visited));
        } else if (links == LinkPolicy.REFUSE) {
            throw new UnsafePathException(path.toString(), "links and special files are not allowed");
        }
        return FileVisitResult.CONTINUE;
    }

    private TreePath treePath(Path visited) throws IOException {
        String text = directory.relativize(visited).toString();
        if (text.indexOf('\ufffd') >= 0) {
            throw new UnsafePathException(
                    text, "the name is not UTF-8, or this process runs without a UTF-8 locale (set LC_ALL=C.UTF-8)");
        }
        return text.isEmpty() ? TreePath.ROOT : TreePath.of(text);
    }

    private static FileEntry fileEntry(Path file) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean executable = !Collections.disjoint(attributes.permissions(), EXECUTE);
        try (DigestingInputStream in = new DigestingInputStream(open(file), DigestAlgorithm.SHA256)) {
            in.transferTo(OutputStream.nullOutputStream());
            long size = in.count();
            var digest = in.digest();
            return new FileEntry(executable, digest, new FileBlob(file, size, digest));
        }
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
}
