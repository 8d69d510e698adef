package dev.sluice.reconciler.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.reconciler.InstalledCrds;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes on generators with the semantics of a real API server. */
@KubernetesTest
class GeneratorWriterIT {

    private static final ArtifactGeneratorStatus HANDLED =
            new ArtifactGeneratorStatus(List.of(), List.of(), null, "handled");

    private ApiRequests requests;
    private GeneratorWriter writer;
    private ObjectKey key;

    @BeforeEach
    void open(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        ToolkitJson.install();
        ApiClient client = api.newClient();
        InstalledCrds.in(client);
        requests = new ApiRequests(client, Duration.ofSeconds(30));
        writer = new GeneratorWriter(requests, "source-watcher");
        key = new ObjectKey(namespace, "gen");
    }

    @Test
    void writesTheStatusOfTheReconciledObject() throws IOException {
        ArtifactGenerator worked = create();

        assertThat(writer.patchStatus(worked, HANDLED)).isPresent();
        assertThat(now().status()).isEqualTo(HANDLED);
    }

    @Test
    void writesTheStatusOfAnObjectThatWasEditedMeanwhile() throws IOException {
        ArtifactGenerator worked = create();
        annotate(worked);

        assertThat(writer.patchStatus(worked, HANDLED)).isPresent();
        ArtifactGenerator written = now();
        assertThat(written.status()).isEqualTo(HANDLED);
        assertThat(written.metadata().getAnnotations()).containsEntry("edited", "meanwhile");
    }

    @Test
    void changesAndRemovesStatusFields() throws IOException {
        ArtifactGenerator worked = writer.patchStatus(
                        create(), new ArtifactGeneratorStatus(List.of(), List.of(), "sha256:x", null))
                .orElseThrow();

        assertThat(writer.patchStatus(worked, HANDLED)).isPresent();
        assertThat(now().status()).isEqualTo(HANDLED);
    }

    @Test
    void doesNotWriteTheStatusToARecreatedObject() throws IOException {
        ArtifactGenerator worked = create();
        delete(worked);
        ArtifactGenerator successor = create();

        assertThat(writer.patchStatus(worked, HANDLED)).as("deleted object").isEmpty();
        assertThat(now().metadata().getResourceVersion())
                .isEqualTo(successor.metadata().getResourceVersion());
    }

    @Test
    void ignoresADeletedGenerator() throws IOException {
        ArtifactGenerator worked = create();
        delete(worked);

        assertThat(writer.patchStatus(worked, HANDLED)).isEmpty();
    }

    private ArtifactGenerator create() throws IOException {
        ArtifactGenerator wanted = new ArtifactGenerator(
                new V1ObjectMeta().namespace(key.namespace()).name(key.name()),
                Samples.spec(List.of(Samples.git("app")), "one"));
        return requests.create(ArtifactGenerator.TYPE.kind(), key, wanted, ArtifactGenerator.class);
    }

    private void delete(ArtifactGenerator generator) throws IOException {
        requests.delete(
                ArtifactGenerator.TYPE.kind(),
                key,
                String.valueOf(generator.metadata().getUid()));
    }

    private void annotate(ArtifactGenerator generator) throws IOException {
        JsonObject patch = JsonParser.parseString("{\"metadata\":{\"annotations\":{\"edited\":\"meanwhile\"}}}")
                .getAsJsonObject();
        requests.mergePatch(
                ResourcePath.of(ArtifactGenerator.TYPE.kind(), generator.key()), "test", patch, JsonObject.class);
    }

    private ArtifactGenerator now() throws IOException {
        return requests.get(ArtifactGenerator.TYPE.kind(), key, ArtifactGenerator.class)
                .orElseThrow();
    }
}
