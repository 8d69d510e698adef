package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.reconciler.namespaces.NamespacePreview.Wanted;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The output directory, with {@code <name>/}, {@code <name>.tar.gz} and {@code <name>@inputs.json} for each artifact;
 * {@code <name>@<namespace>} for one in another namespace. Records its files in {@link
 * #RECORD}, so that a later run replaces those and no others.
 */
final class OutputDirectory {

    /** The end of the name of a file with exported inputs; no name of an artifact contains the first character. */
    static final String INPUTS = "@inputs.json";

    /** The end of the name of a file with a namespace. */
    static final String NAMESPACE = "@namespace.json";

    /** Lists the names written by earlier runs, one on each line. */
    static final String RECORD = ".sluice-build";

    private final Path directory;
    private final Set<String> earlier;
    private final Set<String> written = new TreeSet<>();

    private OutputDirectory(Path directory, Set<String> earlier) {
        this.directory = directory;
        this.earlier = earlier;
    }

    static OutputDirectory open(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
            Path written = directory.resolve(RECORD);
            List<String> names = Files.isRegularFile(written) ? Files.readAllLines(written) : List.of();
            return new OutputDirectory(directory, new TreeSet<>(names));
        } catch (IOException e) {
            throw new OfflineException("cannot use output directory \"%s\"".formatted(directory), e);
        }
    }

    /** Writes the tree of an artifact; replaces that of an earlier run. */
    void writeTree(RenderedArtifact artifact) throws IOException {
        Path target = claim(artifact.id().file());
        Path fresh = directory.resolve("." + artifact.id().file() + ".new");
        delete(fresh);
        DirectoryTree.write(artifact.tree(), fresh);
        delete(target);
        Files.move(fresh, target);
    }

    /** Writes the archive of an artifact; replaces that of an earlier run. */
    PublishedFile writeArchive(RenderedArtifact artifact) throws IOException {
        Path target = claim(artifact.id().file() + ".tar.gz");
        Path fresh = directory.resolve("." + artifact.id().file() + ".tar.gz.new");
        PublishedFile file;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            file = PublishedFile.write(artifact.tree(), out);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    /** Writes the exported inputs of an artifact, if it has any. */
    void writeInputs(RenderedArtifact artifact) throws IOException {
        if (!artifact.inputs().isEmpty()) {
            Path target = claim(artifact.id().file() + INPUTS);
            Files.writeString(target, BuildReport.GSON.toJson(InputsText.json(artifact.inputs())) + "\n");
        }
    }

    /** Writes the manifest of a managed namespace, unless it has failed. */
    void writeNamespace(Wanted namespace) throws IOException {
        if (namespace.error() == null) {
            Path target = claim(namespace.name() + NAMESPACE);
            Files.writeString(target, BuildReport.GSON.toJson(NamespacesText.manifest(namespace)) + "\n");
        }
    }

    private Path claim(String name) throws IOException {
        Path target = directory.resolve(name);
        if (!earlier.contains(name) && Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isEmptyDirectory(target)) {
            throw new OfflineException(
                    "\"%s\" already exists and was not written by this command; remove it or choose another --output"
                            .formatted(target));
        }
        written.add(name);
        earlier.add(name);
        record(earlier);
        return target;
    }

    private static boolean isEmptyDirectory(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> content = Files.list(path)) {
            return content.findAny().isEmpty();
        }
    }

    /** Deletes the files of earlier runs that this run did not write. */
    void removeOthers() throws IOException {
        for (String name : earlier) {
            if (!written.contains(name) && isPlainName(name)) {
                delete(directory.resolve(name));
            }
        }
        record(written);
    }

    /** Rejects names with a path, because anybody may have edited the record. */
    private static boolean isPlainName(String name) {
        return !name.isEmpty() && !name.startsWith(".") && name.indexOf('/') < 0;
    }

    private void record(Set<String> names) throws IOException {
        Files.write(directory.resolve(RECORD), names);
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> content = Files.walk(path)) {
            content.sorted(Comparator.reverseOrder()).forEach(OutputDirectory::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
