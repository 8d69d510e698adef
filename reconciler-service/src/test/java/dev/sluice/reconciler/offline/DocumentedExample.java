package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A group of fenced blocks of a page. The words after a block's language define its role: {@code manifest}, {@code
 * artifacts} or {@code pathPattern <pattern>} start an example; {@code source <alias>}, {@code source <alias>:<file>},
 * {@code artifact <name>}, {@code artifact <name>:<file>}, {@code inputs <name>}, {@code namespace <name>} and {@code
 * error <artifact>} follow.
 */
record DocumentedExample(int line, String title, List<Block> blocks) {

    record Block(String kind, String argument, List<String> lines) {

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    private static final Set<String> BEGINNINGS = Set.of("manifest", "artifacts", "pathPattern");

    static List<DocumentedExample> read(List<String> page) {
        List<DocumentedExample> examples = new ArrayList<>();
        String heading = "";
        for (int i = 0; i < page.size(); i++) {
            String line = page.get(i);
            heading = line.startsWith("#") ? line.replaceFirst("#+ ", "") : heading;
            if (!line.startsWith("```")) {
                continue;
            }
            int end = i + 1 + page.subList(i + 1, page.size()).indexOf("```");
            String[] words = line.substring(3).split(" ", 3);
            if (words.length > 1) {
                Block block = new Block(words[1], words.length > 2 ? words[2] : "", page.subList(i + 1, end));
                if (BEGINNINGS.contains(block.kind)) {
                    examples.add(new DocumentedExample(i + 1, heading + ", line " + (i + 1), new ArrayList<>()));
                }
                examples.get(examples.size() - 1).blocks.add(block);
            }
            i = end;
        }
        return examples;
    }

    void check(Workspace workspace) throws IOException {
        Set<String> aliases = new TreeSet<>();
        for (Block block : blocks) {
            if (block.kind.equals("source")) {
                aliases.add(writeSource(block, workspace));
            }
        }
        workspace.file("generator.yaml", manifest(aliases));
        CommandRun run = CommandRun.of(arguments(aliases, workspace));
        checkErrors(run);
        checkArtifacts(workspace);
        checkInputs(workspace);
        checkNamespaces(workspace);
    }

    private static String[] arguments(Set<String> aliases, Workspace workspace) {
        List<String> arguments = new ArrayList<>(
                List.of("build", "-f", workspace.path("generator.yaml"), "--output", workspace.path("out")));
        for (String alias : aliases) {
            arguments.addAll(List.of("--source", alias + "=" + workspace.path(alias)));
        }
        return arguments.toArray(String[]::new);
    }

    private String manifest(Set<String> aliases) {
        Block first = blocks.get(0);
        if (first.kind.equals("manifest")) {
            return first.text();
        }
        StringBuilder spec = new StringBuilder("sources:\n");
        aliases.forEach(alias -> spec.append("- {alias: %s, kind: GitRepository, name: x}\n".formatted(alias)));
        if (first.kind.equals("pathPattern")) {
            spec.append("pathPattern: \"%s\"\n".formatted(first.argument));
        }
        spec.append("artifacts:\n").append(first.text());
        return """
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata:
                  name: example
                spec:
                """ + spec.toString().indent(2);
    }

    private static String writeSource(Block block, Workspace workspace) throws IOException {
        int colon = block.argument.indexOf(':');
        if (colon >= 0) {
            workspace.file(block.argument.replace(':', '/'), block.text());
            return block.argument.substring(0, colon);
        }
        for (String line : block.lines) {
            writeFile(workspace, block.argument + "/", line);
        }
        return block.argument;
    }

    private static void writeFile(Workspace workspace, String source, String line) throws IOException {
        int tarball = line.indexOf(" (");
        if (tarball >= 0) {
            String content = line.substring(tarball + 2, line.length() - 1);
            writeTarball(
                    workspace
                            .file(source + line.substring(0, tarball), "")
                            .directory()
                            .resolve(source + line.substring(0, tarball)),
                    content.split(", ", -1));
        } else if (line.endsWith("/")) {
            Files.createDirectories(workspace.directory().resolve(source + line));
        } else if (line.startsWith("*")) {
            workspace.file(source + line.substring(1), line.substring(1)).executable(source + line.substring(1));
        } else {
            workspace.file(source + line, line);
        }
    }

    private static void writeTarball(Path file, String[] paths) throws IOException {
        FileTree.Builder tree = FileTree.builder();
        for (String path : paths) {
            tree.putFile(TreePath.of(path), FileEntry.of(false, path.getBytes(StandardCharsets.UTF_8)));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            TarGzWriter.write(tree.build(), out);
        }
    }

    private void checkErrors(CommandRun run) {
        List<Block> errors =
                blocks.stream().filter(block -> block.kind.equals("error")).toList();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(errors.isEmpty() ? 0 : 2);
        for (Block error : errors) {
            assertThat(run.err()).contains(error.argument).contains(error.lines);
        }
    }

    private void checkArtifacts(Workspace workspace) throws IOException {
        Map<String, Map<String, String>> expected = new TreeMap<>();
        for (Block block : blocks) {
            if (block.kind.equals("artifact")) {
                int colon = block.argument.indexOf(':');
                String name = colon < 0 ? block.argument : block.argument.substring(0, colon);
                Map<String, String> files = expected.computeIfAbsent(name, n -> new TreeMap<>());
                if (colon < 0) {
                    block.lines.forEach(line -> addExpected(files, line));
                } else {
                    files.put(block.argument.substring(colon + 1), block.text());
                }
            }
        }
        Path out = workspace.directory().resolve("out");
        for (Map.Entry<String, Map<String, String>> artifact : expected.entrySet()) {
            assertThat(actual(out.resolve(artifact.getKey())))
                    .as(artifact.getKey())
                    .isEqualTo(artifact.getValue());
        }
        assertThat(Files.isDirectory(out) ? names(out) : Set.of()).isEqualTo(expected.keySet());
    }

    private void checkInputs(Workspace workspace) throws IOException {
        for (Block block : blocks) {
            if (block.kind.equals("inputs")) {
                assertThat(JsonParser.parseString(workspace.text("out/" + block.argument + OutputDirectory.INPUTS)))
                        .as(block.argument)
                        .isEqualTo(JsonParser.parseString(block.text()));
            }
        }
    }

    /** Each line is a label or an annotation, except for the label with the UID of the generator. */
    private void checkNamespaces(Workspace workspace) throws IOException {
        Map<String, Set<String>> expected = new TreeMap<>();
        blocks.stream()
                .filter(block -> block.kind.equals("namespace"))
                .forEach(block -> expected.put(block.argument, new TreeSet<>(block.lines)));
        Map<String, Set<String>> actual = new TreeMap<>();
        Path out = workspace.directory().resolve("out");
        for (String file : Files.isDirectory(out) ? files(out) : Set.<String>of()) {
            if (file.endsWith(OutputDirectory.NAMESPACE)) {
                JsonObject metadata = JsonParser.parseString(workspace.text("out/" + file))
                        .getAsJsonObject()
                        .getAsJsonObject("metadata");
                actual.put(metadata.get("name").getAsString(), lines(metadata));
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static Set<String> lines(JsonObject metadata) {
        Set<String> lines = new TreeSet<>();
        for (String kind : List.of("label", "annotation")) {
            metadata.getAsJsonObject(kind + "s").asMap().forEach((key, value) -> {
                if (!key.equals("source.extensions.fluxcd.io/generator")) {
                    lines.add("%s %s=%s".formatted(kind, key, value.getAsString()));
                }
            });
        }
        return lines;
    }

    private static void addExpected(Map<String, String> files, String line) {
        String[] parts = line.split(" ← ", 2);
        String origin = parts.length == 2 ? parts[1] : parts[0];
        files.put(parts[0], parts[0].endsWith("/") ? "" : origin.replaceFirst("^\\*", ""));
    }

    private static Map<String, String> actual(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var all = Files.walk(directory)) {
            for (Path path : all.filter(path -> !path.equals(directory)).toList()) {
                String name = directory.relativize(path).toString();
                if (Files.isRegularFile(path)) {
                    files.put((Files.isExecutable(path) ? "*" : "") + name, Files.readString(path));
                } else if (isEmpty(path)) {
                    files.put(name + "/", "");
                }
            }
        }
        return files;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var content = Files.list(directory)) {
            return content.findAny().isEmpty();
        }
    }

    private static Set<String> names(Path out) throws IOException {
        Set<String> names = files(out);
        names.removeIf(name -> name.endsWith(OutputDirectory.INPUTS) || name.endsWith(OutputDirectory.NAMESPACE));
        return names;
    }

    private static Set<String> files(Path out) throws IOException {
        Set<String> files = new TreeSet<>();
        try (var content = Files.list(out)) {
            content.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .forEach(files::add);
        }
        return files;
    }
}
