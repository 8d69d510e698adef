package dev.sluice.artifact.tree;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Writes trees to one directory. */
final class DirectoryWriter {

    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE = mode("rwxr-xr-x");
    private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE_MODE = mode("rwxr-xr-x");
    private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = mode("rw-r--r--");
    private static final Set<StandardOpenOption> CREATE_NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path directory;

    DirectoryWriter(Path directory) {
        this.directory = directory;
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    void write(FileTree tree) throws IOException {
        Files.createDirectories(directory, DIRECTORY_MODE);
        for (FileTree.Node node : tree.nodes()) {
            Interruption.check();
            if (node.entry() instanceof FileEntry file) {
                writeFile(node.path(), file);
            } else {
                makeDirectory(node.path());
            }
        }
    }

    /** Parents precede their entries in tree order, so all parent directories have been checked. */
    private void makeDirectory(TreePath path) throws IOException {
        Optional<BasicFileAttributes> existing = existing(path);
        if (existing.isEmpty()) {
            Files.createDirectory(target(path), DIRECTORY_MODE);
        } else if (!existing.get().isDirectory()) {
            throw PathConflictException.directoryOverFile(path, path);
        }
    }

    private void writeFile(TreePath path, FileEntry file) throws IOException {
        Optional<BasicFileAttributes> existing = existing(path);
        if (existing.isPresent() && existing.get().isDirectory()) {
            throw PathConflictException.fileOverDirectory(path);
        }
        Files.deleteIfExists(target(path));
        FileAttribute<?> mode = file.executable() ? EXECUTABLE_MODE : FILE_MODE;
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(target(path), CREATE_NEW, mode));
                InputStream in = file.blob().openStream()) {
            in.transferTo(out);
        }
    }

    private Optional<BasicFileAttributes> existing(TreePath path) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(target(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink() || attributes.isOther()) {
                throw new UnsafePathException(path.toString(), "a link or special file already exists there");
            }
            return Optional.of(attributes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path target(TreePath path) {
        return directory.resolve(path.toString());
    }
}
