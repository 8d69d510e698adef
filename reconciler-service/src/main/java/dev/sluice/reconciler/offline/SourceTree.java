package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tree and revision of a source.
 *
 * @param path the directory or tarball that it was read from
 */
record SourceTree(Path path, FileTree tree, String revision) {

    /** The first link on the path within the source's directory; links are excluded from sources. */
    Optional<String> linkOnTheWayTo(String pathInSource) {
        Path at = path;
        for (String component : pathInSource.split("/", -1)) {
            at = at.resolve(component);
            if (Files.isSymbolicLink(at)) {
                return Optional.of(path.relativize(at).toString());
            }
        }
        return Optional.empty();
    }
}
