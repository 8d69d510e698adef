package dev.sluice.reconciler.offline;

import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.tree.DirectoryTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory with a generator, the source {@code src} and the output. */
record Workspace(Path directory) {

    Workspace file(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    Workspace executable(String path) throws IOException {
        Files.setPosixFilePermissions(directory.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    /** A generator with the source {@code src} and the rest of its spec. */
    Workspace generator(String spec) throws IOException {
        return file("generator.yaml", manifest("app", spec));
    }

    static String manifest(String name, String spec) {
        return """
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata:
                  name: %s
                  namespace: apps
                spec:
                  sources:
                  - {alias: src, kind: GitRepository, name: repo}
                """.formatted(name) + spec.indent(2);
    }

    CommandRun build(String... more) {
        return run("build", List.of("--output", path("out")), more);
    }

    CommandRun diff(String... more) {
        return run("diff", List.of("--against", path("out")), more);
    }

    CommandRun run(String command, List<String> first, String... more) {
        List<String> args = new ArrayList<>();
        args.add(command);
        args.addAll(List.of("-f", path("generator.yaml"), "--source", "src=" + path("src")));
        args.addAll(first);
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    Path tarball(String directoryToPack, String file) throws IOException {
        Path target = directory.resolve(file);
        try (OutputStream out = Files.newOutputStream(target)) {
            TarGzWriter.write(DirectoryTree.read(directory.resolve(directoryToPack)), out);
        }
        return target;
    }

    String path(String relative) {
        return directory.resolve(relative).toString();
    }

    /** All files below a directory; executable ones are prefixed with {@code *}. */
    List<String> files(String below) throws IOException {
        Path root = directory.resolve(below);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> (Files.isExecutable(file) ? "*" : "") + root.relativize(file))
                    .sorted()
                    .toList();
        }
    }

    String text(String path) throws IOException {
        return Files.readString(directory.resolve(path));
    }
}
