package dev.sluice.artifact.storage;

import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Resolves an artifact's path, which others may have written, to a file that is guaranteed to be below the base
 * directory.
 */
record ArtifactPaths(Path base) {

    /** Kind, namespace, name and file; with fewer, several objects would share the directory. */
    private static final int NAMES = 4;

    /** Returns the path of the artifact's file. The file itself may be a link, but none of the directories above it. */
    Path file(Artifact artifact) throws IOException {
        TreePath path = TreePath.of(artifact.path());
        Path file = base;
        String[] names = path.toString().split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (!StoredNames.isServable(names[i])) {
                throw new UnsafePathException(artifact.path(), "the name '" + names[i] + "' is hidden or reserved");
            }
            file = resolve(file, names[i], artifact.path());
            if (i < names.length - 1 && Files.isSymbolicLink(file)) {
                throw new UnsafePathException(artifact.path(), "'" + names[i] + "' is a link");
            }
        }
        return file;
    }

    private static Path resolve(Path directory, String name, String path) throws UnsafePathException {
        try {
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new UnsafePathException(path, "it is not a valid path on this system");
        }
    }

    /** Returns the directory that belongs only to the artifact's object. */
    Path ownDirectory(Artifact artifact) throws IOException {
        Path directory = file(artifact).getParent();
        if (directory == null || base.relativize(directory).getNameCount() != NAMES - 1) {
            throw new UnsafePathException(artifact.path(), "it is not <kind>/<namespace>/<name>/<file>");
        }
        return directory;
    }
}
