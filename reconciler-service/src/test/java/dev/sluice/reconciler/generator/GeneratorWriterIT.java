package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubeapi.junit.KubernetesApi;
import dev.sluice.kubeapi.junit.KubernetesTest;
import dev.sluice.kubeapi.junit.TestNamespace;
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

/** Writes on generators, where only an API server can tell what becomes of them. */
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
    void theStatusIsWrittenToTheVeryObjectThatWasWorkedOn() throws IOException {
        ArtifactGenerator worked = create();

        assertThat(writer.patchStatus(worked, HANDLED)).isPresent();
        assertThat(now().status()).isEqualTo(HANDLED);
    }

    @Test
    void aGeneratorThatIsGoneIsNoError() throws IOException {
        ArtifactGenerator worked = create();
        requests.delete(
                ArtifactGenerator.TYPE.kind(),
                key,
                String.valueOf(worked.metadata().getUid()));

        assertThat(writer.patchStatus(worked, HANDLED)).isEmpty();
    }

    private ArtifactGenerator create() throws IOException {
        ArtifactGenerator wanted = new ArtifactGenerator(
                new V1ObjectMeta().namespace(key.namespace()).name(key.name()),
                Samples.spec(List.of(Samples.git("app")), "one"));
        return requests.create(ArtifactGenerator.TYPE.kind(), key, wanted, ArtifactGenerator.class);
    }

    private ArtifactGenerator now() throws IOException {
        return requests.get(ArtifactGenerator.TYPE.kind(), key, ArtifactGenerator.class)
                .orElseThrow();
    }
}
