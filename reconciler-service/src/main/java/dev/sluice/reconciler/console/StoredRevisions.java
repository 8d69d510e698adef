package dev.sluice.reconciler.console;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.artifact.storage.StoredNames;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The archives of an object on the volume. Paths in objects are not used, because a tenant may have written them. */
final class StoredRevisions {

    private static final String ARCHIVE = ".tar.gz";
    private static final int MAX_FILES = 200;

    private final ArtifactStorage storage;

    StoredRevisions(ArtifactStorage storage) {
        this.storage = storage;
    }

    /**
     * A stored archive.
     *
     * @param file the name of the file
     * @param current whether it is the published one
     */
    record Revision(String file, long sizeBytes, Instant stored, boolean current) {}

    /** The archives, the published one first, then the newest. */
    List<Revision> of(ExternalArtifact object) throws IOException {
        String current = currentFile(object).orElse("");
        List<Revision> revisions = new ArrayList<>();
        Path directory = path(object.key(), "any" + ARCHIVE).getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ARCHIVE)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                boolean fits = revisions.size() < MAX_FILES || name.equals(current);
                if (attributes.isRegularFile() && StoredNames.isServable(name) && fits) {
                    revisions.add(new Revision(
                            name,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant(),
                            name.equals(current)));
                }
            }
        }
        revisions.sort(Comparator.comparing(Revision::current)
                .thenComparing(Revision::stored)
                .reversed());
        return revisions;
    }

    /** The name of the published file, if it is in the directory of the object. */
    static Optional<String> currentFile(ExternalArtifact object) {
        ObjectKey key = object.key();
        return object.artifact().flatMap(artifact -> {
            String path = artifact.path();
            String file = path.substring(path.lastIndexOf('/') + 1);
            String own = "%s/%s/%s/".formatted(ExternalArtifactPaths.DIRECTORY, key.namespace(), key.name());
            return path.equals(own + file) && StoredNames.isServable(file) ? Optional.of(file) : Optional.empty();
        });
    }

    /**
     * The path of a stored archive.
     *
     * @throws NoSuchFileException if it does not exist, or is not an archive
     */
    Path file(ObjectKey key, String name) throws IOException {
        if (!name.endsWith(ARCHIVE) || !StoredNames.isServable(name)) {
            throw new NoSuchFileException(name);
        }
        Path file = path(key, name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    private Path path(ObjectKey key, String file) throws IOException {
        return storage.localPath(
                storage.newArtifact(ExternalArtifactPaths.KIND, key.namespace(), key.name(), "", file));
    }
}
