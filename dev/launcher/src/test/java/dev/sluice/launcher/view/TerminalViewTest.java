package dev.sluice.launcher.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.launcher.source.LocalSource;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalViewTest {

    private static final Duration AT_ONCE = Duration.ofNanos(-1);
    private static final String URL = "http://localhost:9090/externalartifact/default/app/1.tar.gz";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    private final TerminalView view =
            new TerminalView(terminal, new Hints(URI.create("http://127.0.0.1:8001")), Instant.now());

    @Test
    void printsArtifactOncePerRevision() {
        view.artifactSeen(externalArtifact("latest@sha256:1"));
        view.artifactSeen(externalArtifact("latest@sha256:1"));
        assertThat(lines("latest@sha256:1"))
                .singleElement()
                .asString()
                .contains("default/app", "1.5 KiB", "after startup");
        view.artifactSeen(externalArtifact("latest@sha256:2"));
        assertThat(lines("latest@sha256:2")).hasSize(1);
    }

    @Test
    void printsSourceFailureAndRecovery() {
        LocalSource source = new LocalSource("app", Path.of("app"));
        view.failed(source, "directory /app does not exist");
        assertThat(lines("source     app: directory /app does not exist")).hasSize(1);
        view.recovered(source);
        assertThat(lines("source     app: readable again, content unchanged")).hasSize(1);
    }

    @Test
    void printsOverviewOnceQuiet() {
        Artifact source = Artifact.of("p", "u", "local@sha256:3").withSize(10L);
        view.published(new LocalSource("app", Path.of("app")), source, 3, Duration.ofMillis(20));
        view.artifactSeen(externalArtifact("latest@sha256:1"));
        view.showWhenQuiet(Duration.ofHours(1));
        assertThat(output()).doesNotContain("EXTERNAL ARTIFACT");

        view.showWhenQuiet(AT_ONCE);
        assertThat(lines("GitRepository default/app"))
                .singleElement()
                .asString()
                .contains("local@sha256:3", "3", "10 B");
        assertThat(lines(URL))
                .satisfiesExactly(
                        row -> assertThat(row).contains("default/app", "True", "latest@sha256:1", "1.5 KiB"),
                        hint -> assertThat(hint).contains("curl -s " + URL));
        assertThat(output()).contains("kubectl --server http://127.0.0.1:8001");

        view.showWhenQuiet(AT_ONCE);
        assertThat(lines("EXTERNAL ARTIFACT")).as("shown once").hasSize(1);
    }

    @Test
    void printsRepeatedFailureOnce() {
        for (int i = 0; i < 3; i++) {
            view.generatorSeen(generator("Unknown", "building"));
            view.generatorSeen(generator("False", "no such source"));
        }
        assertThat(lines("no such source")).hasSize(1);
    }

    @Test
    void removesDeletedArtifactFromOverview() {
        ExternalArtifact artifact = externalArtifact("latest@sha256:1");
        view.artifactSeen(artifact);
        view.artifactGone(artifact.key());
        view.showWhenQuiet(AT_ONCE);
        assertThat(output())
                .contains("default/app  removed", "no ExternalArtifact yet")
                .doesNotContain(URL);
    }

    private List<String> lines(String part) {
        return output().lines().filter(line -> line.contains(part)).toList();
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ArtifactGenerator generator(String ready, String message) {
        V1Condition condition =
                new V1Condition().type("Ready").status(ready).reason("Any").message(message);
        return new ArtifactGenerator(
                        new V1ObjectMeta().namespace("default").name("app"),
                        new ArtifactGeneratorSpec(List.of(), List.of(), null, null))
                .withStatus(new ArtifactGeneratorStatus(List.of(condition), List.of(), null, null));
    }

    private static ExternalArtifact externalArtifact(String revision) {
        Artifact artifact = Artifact.of("p", URL, revision).withSize(1536L);
        V1Condition ready = new V1Condition().type("Ready").status("True");
        return new ExternalArtifact(new V1ObjectMeta().namespace("default").name("app"), new ExternalArtifactSpec(null))
                .withStatus(new ExternalArtifactStatus(List.of(ready), artifact));
    }
}
