package dev.sluice.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {

    @TempDir
    private Path temp;

    @Test
    void splitsDocumentsAndLists() throws ManifestException {
        List<Map<String, Object>> objects = Manifests.parse("text", """
                # nothing but a comment
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: a}}
                ---
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: Secret, metadata: {name: b}}
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
                """);
        assertThat(objects)
                .extracting(object -> object.get("kind"))
                .containsExactly("Namespace", "Secret", "ConfigMap");
    }

    @Test
    void readsYamlFilesOfDirectoryInNameOrder() throws Exception {
        Files.writeString(temp.resolve("b.yml"), "{apiVersion: v1, kind: B}");
        Files.writeString(temp.resolve("a.yaml"), "{apiVersion: v1, kind: A}");
        Files.writeString(temp.resolve("README.md"), "no: [yaml");
        assertThat(Manifests.read(temp))
                .extracting(object -> object.get("kind"))
                .containsExactly("A", "B");
    }

    record Broken(String name, String text, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Broken> broken() {
        return List.of(
                new Broken("unclosed", "apiVersion: v1\nkind: [A\n", "f.yaml:3:1: invalid YAML: "),
                new Broken("duplicate key", "{apiVersion: v1, kind: A, kind: B}", "f.yaml:1:27: invalid YAML: "),
                new Broken("control character", "kind: \u0001", "f.yaml: invalid YAML: "),
                new Broken("not an object", "- a\n", "f.yaml: every document must be a Kubernetes object"),
                new Broken("no kind", "apiVersion: v1\n", "f.yaml: every document must be a Kubernetes object"),
                new Broken("Java type", "!!java.net.URL [http://localhost]", "f.yaml:1:1: invalid YAML: "));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void reportsErrorAndPositionInOneLine(Broken broken) {
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> Manifests.parse("f.yaml", broken.text()))
                .withMessageStartingWith(broken.message())
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    @Test
    void namesMissingOrBinaryFile() throws IOException {
        Path binary = Files.write(temp.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> Manifests.read(binary))
                .withMessage("cannot read %s: not UTF-8 text", binary);
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> Manifests.read(temp.resolve("nowhere.yaml")))
                .withMessage("cannot read %s: no such file", temp.resolve("nowhere.yaml"));
    }
}
