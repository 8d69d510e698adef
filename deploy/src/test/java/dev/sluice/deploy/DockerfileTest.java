package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Dockerfile copies the output of {@code deploy/image-layout}, which the other tests run. */
class DockerfileTest {

    private final Dockerfile dockerfile = Dockerfile.read();
    private final String script = Repository.read("deploy/image-layout").replaceAll("(?m)^\\s*#.*\n", "");

    @Test
    void copiesAllLayersInOrder() {
        List<String> expected = new ArrayList<>(List.of(
                ". .",
                "--from=build /usr/lib/locale/C.utf8/ /usr/lib/locale/C.utf8/",
                "--from=build /layout/java/ /opt/java/",
                "--from=build --chown=65534:65534 /layout/data/ /data/"));
        for (String service : words("services")) {
            for (String layer : words("layers")) {
                expected.add("--from=build /layout/layers/%s/%s/ /app/".formatted(service, layer));
            }
        }

        assertThat(dockerfile.all("COPY")).containsExactlyElementsOf(expected);
    }

    @Test
    void hasAStageForEachService() {
        assertThat(dockerfile.stages())
                .containsExactly("build", "base", "reconciler-service", "artifact-server-service");
        assertThat(words("services")).containsExactly("reconciler-service", "artifact-server-service");
    }

    @Test
    void runsAsNobodyWithoutRunInstructions() {
        assertThat(dockerfile.all("RUN")).as("the base has no shell").hasSize(1);
        assertThat(dockerfile.all("USER")).containsExactly("65534:65534");
        assertThat(dockerfile.entrypoint())
                .containsExactly(
                        "/opt/java/bin/java", "-XX:AOTCache=/app/app.aot", "@/app/jvm.options", "-jar", "/app/app.jar");
    }

    /** Without it, file names that are not ASCII cannot be read. */
    @Test
    void hasUtf8Locale() {
        assertThat(dockerfile.environment()).containsEntry("LANG", "C.UTF-8");
    }

    @Test
    void hasOciImageLabels() {
        assertThat(String.join(" ", dockerfile.all("LABEL")))
                .contains("org.opencontainers.image.title")
                .contains("org.opencontainers.image.version")
                .contains("org.opencontainers.image.revision")
                .contains("org.opencontainers.image.licenses");
    }

    /** The services log and report the version of the image, not that of the POM. */
    @Test
    void buildsTheVersionOfTheLabels() {
        assertThat(dockerfile.all("RUN").get(0)).contains("\"-Drevision=${VERSION}\"");
        assertThat(dockerfile.all("ARG")).filteredOn("VERSION=0.1.0"::equals).hasSize(2);
        assertThat(Repository.read("charts/sluice/Chart.yaml")).contains("appVersion: 0.1.0\n");
    }

    @Test
    void shipsSbom() {
        assertThat(dockerfile.all("RUN").get(0)).contains("-Psbom");
        assertThat(script).contains("target/bom.json", "/sbom.cdx.json");
        assertThat(Repository.read("pom.xml").replaceAll("(?s)<!--.*?-->", ""))
                .contains("cyclonedx-maven-plugin", "<goal>makeBom</goal>");
    }

    private List<String> words(String array) {
        Matcher line = Pattern.compile("(?m)^" + array + "=\\((.*)\\)$").matcher(script);
        assertThat(line.find()).isTrue();
        return List.of(line.group(1).split(" ", -1));
    }
}
