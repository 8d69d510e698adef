package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a program that depends on sluice-controller gets, see docs/adr/0012. */
class ClosureTest {

    private static final long MIB = 1 << 20;

    private static List<Path> closure() throws IOException {
        return Stream.of(Files.readString(Path.of("target/closure")).strip().split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    @Test
    void isNotHeavier() throws IOException {
        // modules of this build are directories, which are larger than their jars, unless they are packaged
        Path ours = Path.of("../..").toRealPath();
        List<Path> others = closure().stream()
                .filter(entry -> !entry.toAbsolutePath().startsWith(ours))
                .toList();

        long bytes = others.stream().mapToLong(jar -> jar.toFile().length()).sum();

        assertThat(bytes / (double) MIB).as("MiB of %s", others).isBetween(20.0, 32.0);
    }

    @Test
    void hasNothingOptional() throws IOException {
        assertThat(closure())
                .extracting(entry -> entry.getFileName().toString())
                .noneMatch(
                        name -> name.matches("(client-java-proto|protobuf|micrometer|spring|client-java-extended).*"));
    }

    /** Then nothing else in the client can fail without them. */
    @Test
    void onlyProtoClientNeedsTheExcludedModels() throws IOException {
        Path client = closure().stream()
                .filter(entry -> entry.getFileName().toString().matches("client-java-\\d.*"))
                .findFirst()
                .orElseThrow();
        try (JarFile jar = new JarFile(client.toFile())) {
            assertThat(Collections.list(jar.entries()))
                    .filteredOn(entry -> refersToModels(jar, entry))
                    .isNotEmpty()
                    .allMatch(entry -> entry.getName().matches("io/kubernetes/client/ProtoClient(\\$\\w+)?\\.class"));
        }
    }

    /** Those that are have a reason in the record. */
    @Test
    void publicTypesAreNotNamedLikeTypesOfTheClient() throws Exception {
        Set<String> ofClient = new HashSet<>();
        Set<String> ours = new TreeSet<>();
        for (Path entry : closure()) {
            if (entry.getFileName().toString().matches("client-java-(api-)?\\d.*")) {
                classes(entry).forEach(name -> ofClient.add(simpleName(name)));
            }
        }
        for (Path entry : closure()) {
            classes(entry)
                    .filter(name -> name.startsWith("dev/sluice/"))
                    .filter(name -> ofClient.contains(simpleName(name)) && isPublic(name))
                    .forEach(name -> ours.add(simpleName(name)));
        }

        assertThat(ofClient).contains("ServerSideApply", "Controller");
        assertThat(ours)
                .as("see docs/adr/0012")
                .containsExactly("Annotations", "Controller", "EventType", "LabelSelector");
    }

    /** The names of the top-level classes in a jar or directory, as paths. */
    private static Stream<String> classes(Path entry) throws IOException {
        List<String> names;
        if (Files.isDirectory(entry)) {
            try (Stream<Path> files = Files.walk(entry)) {
                names = files.map(file -> entry.relativize(file).toString()).toList();
            }
        } else {
            try (JarFile jar = new JarFile(entry.toFile())) {
                names = jar.stream().map(JarEntry::getName).toList();
            }
        }
        return names.stream().filter(name -> name.matches("[^$]+\\.class") && !name.endsWith("-info.class"));
    }

    private static String simpleName(String entry) {
        return entry.replaceAll(".*/|\\.class$", "");
    }

    private static boolean isPublic(String entry) {
        try {
            String name = entry.replace('/', '.').replaceAll("\\.class$", "");
            return Modifier.isPublic(Class.forName(name, false, ClosureTest.class.getClassLoader())
                    .getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean refersToModels(JarFile jar, JarEntry entry) {
        try {
            String names = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
            return entry.getName().endsWith(".class")
                    && (names.contains("io/kubernetes/client/proto/") || names.contains("com/google/protobuf/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
