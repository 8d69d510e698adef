package dev.sluice.reconciler.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorWriterTest {

    private static final String PATH =
            "/apis/source.extensions.fluxcd.io/v1beta1/namespaces/apps/artifactgenerators/gen";

    private final FakeApi api = new FakeApi();
    private final GeneratorWriter writer = new GeneratorWriter(api.apiRequests(), "source-watcher");

    @Test
    void addsAFinalizerToThisVersionAndKeepsOthers() throws IOException {
        ArtifactGenerator generator = Samples.generator("gen", "a");
        generator.metadata().setFinalizers(List.of("example.com/other"));

        writer.addFinalizer(generator, "ours");

        assertThat(api.requests()).containsExactly("PATCH " + PATH);
        assertThat(api.bodies())
                .containsExactly(
                        "{\"metadata\":{\"finalizers\":[\"example.com/other\",\"ours\"],\"resourceVersion\":\"7\"}}");
        assertThat(generator.metadata().getFinalizers()).as("the cached object").containsExactly("example.com/other");
    }

    @Test
    void removesAFinalizerAndKeepsOthers() throws IOException {
        ArtifactGenerator generator = Samples.generator("gen", "a");
        generator.metadata().setFinalizers(List.of("ours", "example.com/other"));

        writer.removeFinalizer(generator, "ours");

        assertThat(api.bodies())
                .containsExactly("{\"metadata\":{\"finalizers\":[\"example.com/other\"],\"resourceVersion\":\"7\"}}");
    }

    @Test
    void patchesChangedFieldsAndSetsRemovedOnesToNull() throws IOException {
        V1Condition ready = new V1Condition().type("Ready").status("True");
        ArtifactGenerator generator = Samples.generator("gen", "a")
                .withStatus(new ArtifactGeneratorStatus(List.of(ready), List.of(), "sha256:old", "before"));

        writer.patchStatus(
                generator, new ArtifactGeneratorStatus(List.of(ready), List.of(Samples.entry("a")), null, "before"));

        assertThat(api.requests()).containsExactly("PATCH " + PATH + "/status");
        assertThat(api.bodies()).singleElement().asString().isEqualTo("""
                {"metadata":{"resourceVersion":"7"},"status":{"inventory":[{"kind":"ExternalArtifact","name":"a","namespace":"apps","digest":"%s","filename":"1.tar.gz"}],\
                "observedSourcesDigest":null}}""".formatted(Samples.digest('a')));
    }

    @Test
    void ignoresADeletedObject() throws IOException {
        ArtifactGenerator generator = Samples.generator("gen", "a");
        generator.metadata().setFinalizers(List.of("ours"));
        api.answer(404);

        assertThat(writer.patchStatus(generator, new ArtifactGeneratorStatus(List.of(), List.of(), "x", null)))
                .isEmpty();
        writer.removeFinalizer(generator, "ours");
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void limitsRetriesAfterConflicts() {
        ArtifactGenerator generator = Samples.generator("gen", "a");
        api.answerWith(generator);
        api.answer(request -> request.startsWith("GET") ? 200 : 409);

        assertThatExceptionOfType(ApiRequestException.class)
                .isThrownBy(() ->
                        writer.patchStatus(generator, new ArtifactGeneratorStatus(List.of(), List.of(), "x", null)))
                .satisfies(e -> assertThat(e.isConflict()).isTrue());
        assertThat(api.requests()).hasSizeLessThan(12);
    }

    @Test
    void passesAConflictOnFinalizersToTheCaller() {
        api.answer(409);

        assertThatExceptionOfType(ApiRequestException.class)
                .isThrownBy(() -> writer.addFinalizer(Samples.generator("gen", "a"), "ours"))
                .satisfies(e -> assertThat(e.isConflict()).isTrue());
    }
}
