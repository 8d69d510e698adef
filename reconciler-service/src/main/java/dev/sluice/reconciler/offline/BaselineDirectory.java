package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.namespaces.NamespacePreview.Wanted;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The output directory of an earlier {@code build}: {@code <name>/}, or else {@code <name>.tar.gz}; and {@code
 * <name>@inputs.json}. */
record BaselineDirectory(Path directory, SourceTreeReader reader) implements Baseline {

    private static final String ARCHIVE = ".tar.gz";

    @Override
    public Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> content = Files.list(directory)) {
            for (Path path : (Iterable<Path>) content::iterator) {
                String name = path.getFileName().toString();
                if (Files.isDirectory(path) && !name.startsWith(".")) {
                    names.add(name);
                } else if (name.endsWith(ARCHIVE) && !name.startsWith(".")) {
                    names.add(name.substring(0, name.length() - ARCHIVE.length()));
                }
            }
        }
        return names;
    }

    @Override
    public Optional<FileTree> tree(String name) throws IOException {
        Path tree = directory.resolve(name);
        if (Files.isDirectory(tree)) {
            return Optional.of(DirectoryTree.read(tree));
        }
        Path archive = directory.resolve(name + ARCHIVE);
        return Files.isRegularFile(archive) ? Optional.of(reader.tarball(archive)) : Optional.empty();
    }

    @Override
    public Optional<Map<String, Wanted>> namespaces() throws IOException {
        Map<String, Wanted> namespaces = new TreeMap<>();
        try (Stream<Path> content = Files.list(directory)) {
            for (Path path : (Iterable<Path>) content::iterator) {
                String file = path.getFileName().toString();
                if (file.endsWith(OutputDirectory.NAMESPACE)) {
                    String name = file.substring(0, file.length() - OutputDirectory.NAMESPACE.length());
                    namespaces.put(name, NamespacesText.read(name, Files.readString(path)));
                }
            }
        }
        return Optional.of(namespaces);
    }

    @Override
    public Optional<Map<String, JsonValue>> inputs(String name) throws IOException {
        Path file = directory.resolve(name + OutputDirectory.INPUTS);
        return Optional.of(Files.isRegularFile(file) ? InputsText.parse(Files.readString(file)) : Map.of());
    }
}
