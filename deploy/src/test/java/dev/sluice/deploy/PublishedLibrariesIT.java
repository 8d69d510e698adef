package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What other people's builds get: the BOM, and what is in the jars. */
class PublishedLibrariesIT {

    private static final Path LIBRARIES = Repository.ROOT.resolve("shared-model");

    @Test
    void theBomManagesOurLibrariesAndNothingElse() throws Exception {
        Document bom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(LIBRARIES.resolve("bom/target/.flattened-pom.xml").toFile());

        assertThat(texts(bom, "parent")).isEmpty();
        assertThat(texts(bom, "scope")).as("imported BOMs").isEmpty();
        assertThat(texts(bom, "properties")).isEmpty();
        List<String> artifacts = texts(bom, "artifactId");
        assertThat(artifacts.remove("sluice-bom")).isTrue();
        assertThat(artifacts).containsExactlyInAnyOrderElementsOf(libraries());
    }

    @ParameterizedTest
    @CsvSource({
        "artifact-sdk, dev.sluice.artifact",
        "toolkit-api, dev.sluice.toolkit",
        "controller, dev.sluice.controller",
        "service-runtime, dev.sluice.runtime",
        "test, dev.sluice.test"
    })
    void aJarHasAModuleNameItsLicenseAndItsSources(String library, String module) throws IOException {
        try (JarFile jar = new JarFile(jar(library, "").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo(module);
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            Set<String> sources = names(jar(library, "-sources"));
            assertThat(sources).contains("META-INF/LICENSE");
            assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.matches("dev/sluice/[^$]+\\.class")))
                    .isNotEmpty()
                    .allMatch(name -> sources.contains(name.replaceAll("class$", "java")));
        }
    }

    private static Set<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).collect(Collectors.toSet());
        }
    }

    private static Path jar(String library, String classifier) {
        return LIBRARIES.resolve("%1$s/target/sluice-%1$s%2$s.jar".formatted(library, classifier));
    }

    /** The modules with classes. */
    private static List<String> libraries() throws IOException {
        try (Stream<Path> modules = Files.list(LIBRARIES)) {
            return modules.filter(module -> Files.isDirectory(module.resolve("src/main/java")))
                    .map(module -> "sluice-" + module.getFileName())
                    .toList();
        }
    }

    private static List<String> texts(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
