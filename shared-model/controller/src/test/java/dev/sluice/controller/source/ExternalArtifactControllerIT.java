package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.controller.metrics.MicrometerMeters;
import dev.sluice.controller.object.TestSource;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the guide's program, which ArtifactSdkProgramIT runs, does not use: two replicas, metrics and options. */
@KubernetesTest
@Timeout(300)
final class ExternalArtifactControllerIT {

    private static final ApiKind CRD =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: testsources.example.com
            spec:
              group: example.com
              names: {kind: TestSource, plural: testsources}
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  schema:
                    openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    @TempDir
    Path volume;

    private final KubernetesApi api;
    private final ApiRequests requests;
    private final String namespace;
    private final List<RunningController> running = new ArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    ExternalArtifactControllerIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.requests = new ApiRequests(api.newClient(), Duration.ofSeconds(30));
        this.namespace = namespace;
        Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
    }

    @BeforeEach
    void define() throws IOException {
        for (String manifest :
                List.of(ToolkitCrds.manifest("externalartifacts"), ToolkitCrds.manifest("buckets"), DEFINITION)) {
            Map<String, Object> definition = new Yaml().load(manifest);
            try {
                requests.create(CRD, new ObjectKey("", "any"), definition, JsonObject.class);
            } catch (ApiRequestException e) {
                assertThat(e.isConflict()).as(e.getMessage()).isTrue();
            }
        }
        await().ignoreExceptions()
                .until(() -> requests.list(ExternalArtifact.TYPE.kind(), "", Map.of(), JsonObject.class) != null
                        && requests.list(Bucket.TYPE.kind(), "", Map.of(), JsonObject.class) != null
                        && requests.list(TestSource.TYPE.kind(), "", Map.of(), JsonObject.class) != null);
    }

    /**
     * The content of an object is also the name of its ExternalArtifact; {@code skip} suspends it, and {@code elsewhere} is
     * in another namespace.
     */
    private ExternalArtifactController<TestSource> controller() {
        return ExternalArtifactController.of(
                        TestSource.TYPE,
                        "test-controller",
                        (source, context) -> content(source.spec().content()))
                .withTarget(source -> target(source.key(), source.spec().content()))
                .withSuspended(source -> source.spec().content().equals("skip"))
                .withInterval(source -> Duration.ofHours(1));
    }

    private static ObjectKey target(ObjectKey source, String content) {
        return content.equals("elsewhere")
                ? new ObjectKey("default", source.namespace())
                : new ObjectKey(source.namespace(), content);
    }

    private static Content content(String text) throws IOException {
        return Content.of(FileTree.builder()
                .putFile(TreePath.of("content"), FileEntry.of(false, text.getBytes(StandardCharsets.UTF_8)))
                .build());
    }

    private RunningController start(ExternalArtifactController<TestSource> controller, String... flags)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--storage-path=" + volume,
                "--storage-addr=127.0.0.1:0",
                "--health-addr=127.0.0.1:0",
                "--watch-all-namespaces=false",
                "--enable-leader-election"));
        all.addAll(List.of(flags));
        ControllerConfig config = ControllerConfig.parse(all, Map.of("RUNTIME_NAMESPACE", namespace));
        RunningController started = controller.start(config, api::newClient, () -> {
            throw new AssertionError("the controller failed");
        });
        running.add(started);
        return started;
    }

    @AfterEach
    void stop() {
        running.forEach(RunningController::close);
    }

    private static Optional<String> probe(RunningController controller, String path) {
        return text("http://127.0.0.1:" + controller.healthAddress().getPort() + path);
    }

    /** Returns the text; empty if the response is not 200. */
    private static Optional<String> text(String url) {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String urlOf(String artifact) throws IOException {
        return find(artifact)
                .flatMap(ExternalArtifact::artifact)
                .map(Artifact::url)
                .orElseThrow();
    }

    private void apply(String name, String content) throws IOException {
        ObjectKey key = new ObjectKey(namespace, name);
        JsonObject object =
                JsonParser.parseString("""
                {"apiVersion":"example.com/v1","kind":"TestSource","metadata":{"namespace":"%s","name":"%s"},
                 "spec":{"content":"%s"}}""".formatted(namespace, name, content)).getAsJsonObject();
        requests.apply(ResourcePath.of(TestSource.TYPE.kind(), key), "test", object, JsonObject.class);
    }

    private Optional<JsonObject> object(String name) throws IOException {
        return requests.get(TestSource.TYPE.kind(), new ObjectKey(namespace, name), JsonObject.class);
    }

    private void delete(String name) throws IOException {
        String uid = object(name)
                .orElseThrow()
                .getAsJsonObject("metadata")
                .get("uid")
                .getAsString();
        requests.delete(TestSource.TYPE.kind(), new ObjectKey(namespace, name), uid);
    }

    private boolean isReady(String artifact) throws IOException {
        return find(artifact).filter(ExternalArtifact::isReady).isPresent();
    }

    private Optional<ExternalArtifact> find(String artifact) throws IOException {
        return find(new ObjectKey(namespace, artifact));
    }

    private Optional<ExternalArtifact> find(ObjectKey key) throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), key, ExternalArtifact.class);
    }

    @Test
    void onlyTheLeaderWorksAndServesAndAnotherTakesOver() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        RunningController first = start(
                controller().withMeters(new MicrometerMeters(registry, registry::scrape)),
                "--metrics-addr=127.0.0.1:0");
        int metrics = first.metricsAddress().orElseThrow().getPort();
        await().until(() -> probe(first, "/readyz").isPresent());
        assertThat(probe(first, "/healthz")).contains("ok");
        assertThat(Thread.getAllStackTraces().keySet())
                .as("a main that fails ends the JVM")
                .filteredOn(thread -> !thread.isDaemon() && !before.contains(thread))
                .isEmpty();
        RunningController second = start(controller());
        assertThat(second.metricsAddress()).isEmpty();
        RunningController sharing = start(controller().servingAsStandby());
        assertThat(probe(second, "/readyz")).isEmpty();
        assertThat(probe(second, "/healthz")).contains("ok");
        assertThat(probe(sharing, "/readyz")).contains("ok");

        apply("one", "a");
        await().until(() -> isReady("a"));
        assertThat(text(urlOf("a")))
                .as("at the port that the system has chosen")
                .isPresent();
        await().untilAsserted(() -> assertThat(text("http://127.0.0.1:" + metrics + "/metrics"))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(
                                "controller_runtime_reconcile_total{controller=\"testsource\"",
                                "leader_election_master_status{name=\"test-controller\"} 1",
                                "gotk_reconcile_duration_seconds_count{kind=\"TestSource\"",
                                "rest_client_requests_total")));

        first.close();
        apply("two", "b");
        await().until(() -> isReady("b"));
    }

    @Test
    void aChangedTargetIsMovedAndASuspendedObjectIsLeftAlone() throws IOException {
        assertThat(start(controller()).address().getPort()).isPositive();
        apply("skipped", "skip");
        apply("one", "a");
        await().until(() -> isReady("a"));
        apply("one", "elsewhere");
        ObjectKey elsewhere = new ObjectKey("default", namespace);
        await().until(() -> find(elsewhere).filter(ExternalArtifact::isReady).isPresent()
                && find("a").isEmpty());
        apply("one", "c");
        await().until(() -> isReady("c") && find(elsewhere).isEmpty());

        assertThat(find("skip")).isEmpty();
        assertThat(requests.get(TestSource.TYPE.kind(), new ObjectKey(namespace, "skipped"), TestSource.class))
                .hasValueSatisfying(skipped ->
                        assertThat(skipped.metadata().getFinalizers()).isNullOrEmpty());
    }

    @Test
    void objectsThatCannotBePublishedCanBeDeleted() throws IOException {
        start(controller());
        apply("x.lock", "x");
        apply("nowhere", "");

        await().until(() -> object("x.lock").toString().contains("InvalidName")
                && object("nowhere").toString().contains("finalizers"));
        delete("x.lock");
        delete("nowhere");

        await().until(() -> object("x.lock").isEmpty() && object("nowhere").isEmpty());
    }

    @Test
    void anObjectThatCannotBeReadAnyMoreTellsItsOwnerAndCanBeDeleted() throws IOException {
        start(controller());
        apply("one", "a");
        await().until(() -> isReady("a"));
        JsonObject unreadable =
                JsonParser.parseString("{\"spec\":{\"content\":[1]}}").getAsJsonObject();
        requests.mergePatch(
                ResourcePath.of(TestSource.TYPE.kind(), new ObjectKey(namespace, "one")),
                "test",
                unreadable,
                JsonObject.class);
        await().until(() -> object("one").toString().contains("ObjectUnreadable"));
        assertThat(isReady("a")).isTrue();

        delete("one");

        await().until(() -> object("one").isEmpty() && find("a").isEmpty());
    }

    @Test
    void removesWhatAnObjectLeavesWhoseFinalizerWasRemoved() throws IOException {
        start(controller());
        apply("one", "a");
        await().until(() -> isReady("a"));
        Path files = volume.resolve("testsource").resolve(namespace).resolve("one");
        assertThat(files).isDirectory();

        JsonObject none =
                JsonParser.parseString("{\"metadata\":{\"finalizers\":null}}").getAsJsonObject();
        requests.mergePatch(
                ResourcePath.of(TestSource.TYPE.kind(), new ObjectKey(namespace, "one")),
                "test",
                none,
                JsonObject.class);
        delete("one");

        await().until(() -> find("a").isEmpty() && !Files.exists(files));
    }

    @Test
    void oneProcessWorksOnSeveralKinds() throws IOException {
        ExternalArtifactController<Bucket> buckets = ExternalArtifactController.of(
                        Bucket.TYPE,
                        "ignored",
                        (bucket, context) -> content(bucket.spec().bucketName()))
                .withTarget(bucket -> new ObjectKey(namespace, "of-a-bucket"));
        assertThatIllegalArgumentException().isThrownBy(() -> buckets.and(buckets));
        assertThat(start(controller().and(buckets)).address().getPort()).isPositive();
        apply("one", "a");
        ObjectKey key = new ObjectKey(namespace, "one");
        JsonObject bucket = JsonParser.parseString("""
                {"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"Bucket","metadata":{"namespace":"%s","name":"one"},
                 "spec":{"bucketName":"b","endpoint":"minio.test","interval":"1h"}}""".formatted(namespace)).getAsJsonObject();
        requests.apply(ResourcePath.of(Bucket.TYPE.kind(), key), "test", bucket, JsonObject.class);

        await().until(() -> isReady("a") && isReady("of-a-bucket"));
        assertThat(volume.resolve("testsource")).isDirectory();
        assertThat(volume.resolve("bucket")).isDirectory();

        requests.delete(
                Bucket.TYPE.kind(),
                key,
                requests.get(Bucket.TYPE.kind(), key, JsonObject.class)
                        .orElseThrow()
                        .getAsJsonObject("metadata")
                        .get("uid")
                        .getAsString());
        await().until(() -> find("of-a-bucket").isEmpty());
        assertThat(isReady("a")).isTrue();
    }

    @Test
    void anAddressInUseStopsTheStart() throws IOException {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + used.getLocalPort();

            assertThatThrownBy(() -> start(controller(), "--health-addr=" + address))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on '" + address + "' (--health-addr)");
            assertThatThrownBy(() -> start(controller(), "--storage-addr=" + address))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("choose another address");
        }
    }
}
