package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.reconciler.InstalledCrds;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the status of a generator with the maximum number of artifacts against the size limit of an object. */
@KubernetesTest
@Timeout(180)
class StatusSizeIT {

    /** etcd's default limit for a request, which includes the API server's envelope. */
    private static final int ETCD_BYTES = 3 << 19;

    private static final int MOST = BudgetLimits.defaults().maxArtifacts();
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_NAMESPACE = 63;

    private final List<String> warnings = new ArrayList<>();
    private ApiRequests requests;
    private StatusReporter reporter;
    private ObjectKey key;

    @BeforeEach
    void open(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        ToolkitJson.install();
        ApiClient client = api.newClient();
        InstalledCrds.in(client);
        requests = new ApiRequests(client, Duration.ofSeconds(60));
        key = new ObjectKey(namespace, "gen");
        reporter = new StatusReporter(
                new StatusPlanner(Clock.systemUTC()),
                GeneratorWrites.by(requests, "source-watcher"),
                new RecentWrites<>(),
                new OutcomeEvents(new Events()),
                new Requeue(interval -> interval),
                new ProgressNotices(Duration.ofHours(1)));
    }

    /** Leaves half of an object for the spec, its managed fields and kubectl's copy of it. */
    @Test
    void theLargestInventoryFitsIntoHalfAnObject() {
        String inventory = ToolkitJson.gson().toJson(inventory("n".repeat(LONGEST_NAMESPACE)));

        assertThat(inventory.getBytes(StandardCharsets.UTF_8).length).isBetween(MOST * 500, ETCD_BYTES / 2);
    }

    @Test
    void storesTheStatusOfTheLargestGenerator() throws IOException {
        ArtifactGenerator generator = create(1);
        reporter.markProgressing(generator, DriftReason.GENERATION_CHANGED);

        Result result = reporter.report(
                now(), new Outcome.Ready(inventory(key.namespace()), Samples.digest('d'), Changes.NONE));

        assertThat(result).isInstanceOf(Result.RequeueAfter.class);
        ArtifactGenerator stored = now();
        assertThat(Conditions.isTrue(stored.conditions(), ConditionTypes.READY)).isTrue();
        assertThat(stored.publishedArtifacts()).hasSize(MOST);
        JsonObject raw = requests.get(ArtifactGenerator.TYPE.kind(), key, JsonObject.class)
                .orElseThrow();
        int withManagedFields = raw.toString().getBytes(StandardCharsets.UTF_8).length;
        assertThat(withManagedFields).isLessThan(ETCD_BYTES);
    }

    /** Uses a spec that is nearly as large as an object may be. */
    @Test
    void stallsIfTheStatusDoesNotFitBesideTheSpec(KubernetesApi api) throws IOException {
        assumeTrue(api.kind() == TestedApi.REAL, "the in-memory API does not limit the size of objects");
        ArtifactGenerator generator = create(960);
        reporter.markProgressing(generator, DriftReason.GENERATION_CHANGED);

        Result result = reporter.report(
                now(), new Outcome.Ready(inventory(key.namespace()), Samples.digest('d'), Changes.NONE));

        assertThat(result).isInstanceOf(Result.Terminal.class);
        ArtifactGenerator stored = now();
        assertThat(Conditions.find(stored.conditions(), ConditionTypes.STALLED)).hasValueSatisfying(stalled -> {
            assertThat(stalled.getReason()).isEqualTo(GeneratorReasons.STATUS_REFUSED);
            assertThat(stalled.getMessage())
                    .contains("1000 artifact(s)", "exceeds the maximum size of an object", "split the generator");
        });
        assertThat(Conditions.isFalse(stored.conditions(), ConditionTypes.READY))
                .isTrue();
        assertThat(warnings).singleElement().asString().contains("split the generator");
    }

    /** @param padding unused characters in the copy operation of each artifact */
    private ArtifactGenerator create(int padding) throws IOException {
        CopyOperation copy = new CopyOperation("@app/" + "p".repeat(padding), "@artifact/", List.of(), null, null);
        List<OutputArtifact> outputs = names().stream()
                .map(name -> new OutputArtifact(name, null, null, List.of(copy)))
                .toList();
        ArtifactGenerator wanted = new ArtifactGenerator(
                new V1ObjectMeta().namespace(key.namespace()).name(key.name()),
                new ArtifactGeneratorSpec(List.of(Samples.git("app")), outputs, null, null));
        return requests.create(ArtifactGenerator.TYPE.kind(), key, wanted, ArtifactGenerator.class);
    }

    private static List<String> names() {
        return IntStream.range(0, MOST)
                .mapToObj(i -> "%04d".formatted(i) + "n".repeat(LONGEST_NAME - 4))
                .toList();
    }

    /** Uses SHA-512, which has the longest digest; a file name is a SHA-256. */
    private static List<ArtifactInventoryEntry> inventory(String namespace) {
        return names().stream()
                .map(name -> new ArtifactInventoryEntry(
                        name, namespace, "sha512:" + "d".repeat(128), "f".repeat(64) + ".tar.gz"))
                .toList();
    }

    private ArtifactGenerator now() throws IOException {
        return requests.get(ArtifactGenerator.TYPE.kind(), key, ArtifactGenerator.class)
                .orElseThrow();
    }

    private final class Events implements GeneratorEvents {

        @Override
        public void warning(ArtifactGenerator generator, String reason, String message) {
            warnings.add(message);
        }

        @Override
        public void warning(KubernetesObject object, String reason, String message) {}

        @Override
        public void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> metadata) {}

        @Override
        public void trace(ArtifactGenerator generator, String reason, String message) {}
    }
}
