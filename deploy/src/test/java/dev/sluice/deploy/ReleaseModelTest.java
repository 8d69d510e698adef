package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Nothing but the libraries is deployed, and only by -Prelease: docs/versioning.md. */
class ReleaseModelTest {

    private static final String SKIP = "properties/maven.deploy.skip";

    @Test
    void onlyTheReleaseProfileDeploys() throws Exception {
        assertThat(texts(Repository.ROOT.resolve("pom.xml"), "/project/" + SKIP))
                .containsExactly("true");
        assertThat(texts(Repository.ROOT.resolve("pom.xml"), "//profile[id='release']/" + SKIP))
                .containsExactly("false");

        for (Path pom : poms()) {
            List<String> values = texts(pom, "//" + SKIP);
            if (pom.equals(Repository.ROOT.resolve("pom.xml"))) {
                assertThat(values).containsExactly("true", "false");
            } else {
                assertThat(values).as(pom.toString()).doesNotContain("false");
                assertThat(texts(pom, "//plugin[artifactId='maven-deploy-plugin']"))
                        .as(pom.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void theReleaseHasNoJarsOfTestClasses() throws Exception {
        Path libraries = Repository.ROOT.resolve("shared-model");
        assertThat(texts(libraries.resolve("pom.xml"), "//profile[id='release']/properties/test.jar.phase"))
                .containsExactly("none");
        List<String> phases = new ArrayList<>();
        for (Path pom : poms()) {
            if (pom.startsWith(libraries)) {
                phases.addAll(texts(pom, "//execution[goals/goal='test-jar']/phase"));
                assertThat(texts(pom, "//execution[goals/goal='test-jar']"))
                        .hasSameSizeAs(texts(pom, "//execution[goals/goal='test-jar']/phase"));
            }
        }
        assertThat(phases).isNotEmpty().containsOnly("${test.jar.phase}");
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.ROOT, 4)) {
            return files.filter(file -> file.endsWith("pom.xml")
                            && !Repository.ROOT.relativize(file).toString().contains("target"))
                    .toList();
        }
    }

    private static List<String> texts(Path pom, String path) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        NodeList nodes =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
