package dev.sluice.artifact.storage;

import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** From an artifact's path, which somebody else may have written, to a place that is surely below the base directory. */
record ArtifactPaths(Path base) {

    /** Kind, namespace, name and file: fewer, and the directory would be shared with other objects. */
    private static final int NAMES = 4;

    /** Where the artifact's file is or would be; the file itself may be a link, no directory above it is. */
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
            throw new UnsafePathException(path, "this system's file names can not express it");
        }
    }

    /** The directory that belongs to the artifact's object alone. */
    Path ownDirectory(Artifact artifact) throws IOException {
        Path directory = file(artifact).getParent();
        if (directory == null || base.relativize(directory).getNameCount() != NAMES - 1) {
            throw new UnsafePathException(
                    artifact.path(), "it is not <kind>/<namespace>/<name>/<file>, so its directory is not its own");
        }
        return directory;
    }
}
