package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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
