package dev.sluice.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.apply.ApplyBody;
import dev.sluice.controller.apply.ServerSideApplier;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventType;
import dev.sluice.controller.event.KubernetesEventSink;
import dev.sluice.controller.informer.ChangeHandler;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.leader.LeaseOptions;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.Publication;
import dev.sluice.controller.publish.PublishResult;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.JsonValue;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactList;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;

/** Publisher, informers, events and leader election against the in-memory API server and, if available, a real one. */
@KubernetesTest
@Timeout(180)
final class ControllerOnClusterIT {

    private static final ApiKind CRD =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");
    private static final ApiKind EVENT = new ApiKind("", "v1", "Event", "events");
    private static final Artifact ARTIFACT = new Artifact(
            "externalartifact/apps/one/ab.tar.gz",
            "http://server/externalartifact/apps/one/ab.tar.gz",
            "latest@sha256:ab",
            "sha256:" + "ab".repeat(32),
            Instant.parse("2026-07-01T10:00:00.5Z"),
            7L,
            Map.of("org.opencontainers.image.revision", "main@sha1:ef"));

    private final ApiClient client;
    private final ApiRequests requests;
    private final ExternalArtifactPublisher publisher;

    ControllerOnClusterIT(ApiClient client) {
        this.client = client;
        this.requests = new ApiRequests(client, Duration.ofSeconds(30));
        this.publisher =
                new ExternalArtifactPublisher(requests, PublisherOptions.named("maker"), InstantSource.system());
    }

    @BeforeEach
    void createTheCrd() throws IOException {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Map<String, Object> crd = new Yaml().load(ToolkitCrds.manifest("externalartifacts"));
        try {
            requests.create(CRD, new ObjectKey("", "externalartifacts"), crd, JsonObject.class);
        } catch (ApiRequestException e) {
            assertThat(e.isConflict()).as(e.getMessage()).isTrue();
        }
        await().ignoreException(ApiRequestException.class)
                .until(() ->
                        requests.list(ExternalArtifact.TYPE.kind(), "", Map.of(), ExternalArtifactList.class) != null);
    }

    @Test
    void publishingAgainSendsNothing(@TestNamespace String namespace) throws Exception {
        Publication wanted = publication(namespace, Map.of("team", "x"));

        PublishResult first = publisher.publish(wanted, null);
        ExternalArtifact published = read(wanted.key());
        PublishResult second = publisher.publish(wanted, published);

        assertThat(first.objectWritten() && first.statusWritten()).isTrue();
        assertThat(published.isReady()).isTrue();
        assertThat(published.artifact()).contains(wanted.artifact());
        assertThat(second.written()).isFalse();
    }

    @Test
    void neverWritesAStatusToARecreatedObject(@TestNamespace String namespace) throws Exception {
        Publication wanted = publication(namespace, Map.of());
        ExternalArtifact published = publisher.publish(wanted, null).object();
        requests.delete(
                ExternalArtifact.TYPE.kind(),
                wanted.key(),
                String.valueOf(published.metadata().getUid()));
        ApplyBody ofSomebodyElse =
                ApplyBody.of(ExternalArtifact.TYPE.kind(), wanted.key()).with("spec", new JsonObject());
        new ServerSideApplier(requests, "other").apply(ofSomebodyElse, ExternalArtifact.class);

        assertThatThrownBy(() -> publisher.reportFailure(published, "Failed", "about the deleted object"))
                .isInstanceOf(ApiRequestException.class)
                .satisfies(
                        e -> assertThat(((ApiRequestException) e).isConflict()).isTrue());
        assertThat(read(wanted.key()).conditions()).isEmpty();
    }

    @Test
    void writesAStatusToAnObjectThatWasEditedMeanwhile(@TestNamespace String namespace) throws Exception {
        Publication wanted = publication(namespace, Map.of());
        ExternalArtifact published = publisher.publish(wanted, null).object();
        requests.mergePatch(
                ResourcePath.of(ExternalArtifact.TYPE.kind(), wanted.key()),
                "other",
                new Gson().fromJson("{\"metadata\":{\"labels\":{\"edited\":\"meanwhile\"}}}", JsonObject.class),
                JsonObject.class);

        ExternalArtifact written = publisher.reportFailure(published, "Failed", "about the edited object");

        assertThat(written.isReady()).isFalse();
        assertThat(written.artifact()).contains(wanted.artifact());
        assertThat(written.metadata().getLabels()).containsEntry("edited", "meanwhile");
    }

    @Test
    void doesNotAdoptAnArtifactThatAnotherWriterEdited(@TestNamespace String namespace) throws Exception {
        Publication wanted = publication(namespace, Map.of());
        ExternalArtifact published = publisher.publish(wanted, null).object();
        requests.mergePatch(
                ResourcePath.of(ExternalArtifact.TYPE.kind(), wanted.key()).subresource("status"),
                "other",
                new Gson().fromJson("{\"status\":{\"artifact\":{\"revision\":\"forged\"}}}", JsonObject.class),
                JsonObject.class);

        assertThatThrownBy(() -> publisher.reportFailure(published, "Failed", "without the edit"))
                .isInstanceOf(ApiRequestException.class)
                .satisfies(
                        e -> assertThat(((ApiRequestException) e).isConflict()).isTrue());
        assertThat(publisher.ownsArtifact(read(wanted.key()))).isFalse();
    }

    @Test
    void aLatePublisherDoesNotOverwriteItsSuccessor(@TestNamespace String namespace) throws Exception {
        Publication wanted = publication(namespace, Map.of());
        ExternalArtifact first = publisher.publish(wanted, null).object();
        publisher.publish(withRevision(wanted, "latest@sha256:next"), first);

        assertThatThrownBy(() -> publisher.publish(withRevision(wanted, "latest@sha256:late"), first))
                .isInstanceOf(ApiRequestException.class)
                .satisfies(
                        e -> assertThat(((ApiRequestException) e).isConflict()).isTrue());
        assertThat(read(wanted.key()).artifact().orElseThrow().revision()).isEqualTo("latest@sha256:next");
    }

    @Test
    void aTakeoverDoesNotRecreateADeletedObject(@TestNamespace String namespace) throws Exception {
        Publication wanted = publication(namespace, Map.of());
        ExternalArtifact deleted = publisher.publish(wanted, null).object();
        publisher.deleteUnchanged(deleted);

        assertThatThrownBy(() -> publisher.takeOver(wanted, deleted))
                .isInstanceOfSatisfying(
                        ApiRequestException.class,
                        e -> assertThat(e.isConflict()).isTrue());
        assertThat(requests.get(ExternalArtifact.TYPE.kind(), wanted.key(), ExternalArtifact.class))
                .isEmpty();
    }

    @Test
    void ofManyPublishersOneCreatesAnObject(@TestNamespace String namespace) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> attempts = IntStream.range(0, 8)
                    .mapToObj(i -> publication(namespace, Map.of("by", "p" + i)))
                    .map(wanted -> (Callable<Boolean>) () -> isCreated(wanted))
                    .toList();
            List<Boolean> created = new ArrayList<>();
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                created.add(attempt.get());
            }

            ExternalArtifact object = requests.get(
                            ExternalArtifact.TYPE.kind(),
                            publication(namespace, Map.of()).key(),
                            ExternalArtifact.class)
                    .orElseThrow();
            assertThat(created).containsOnlyOnce(true);
            assertThat(object.metadata().getLabels()).containsEntry("by", "p" + created.indexOf(true));
            assertThat(object.artifact()).isPresent();
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean isCreated(Publication wanted) throws IOException {
        try {
            publisher.create(wanted);
            return true;
        } catch (ApiRequestException e) {
            assertThat(e.isConflict()).as(e.getMessage()).isTrue();
            return false;
        }
    }

    @Test
    void reportingAFailureOfADeletedObjectFailsWithNotFound(@TestNamespace String namespace) throws Exception {
        ExternalArtifact published =
                publisher.publish(publication(namespace, Map.of()), null).object();
        publisher.delete(published);
        await().until(() -> requests.get(ExternalArtifact.TYPE.kind(), published.key(), ExternalArtifact.class)
                .isEmpty());

        assertThatThrownBy(() -> publisher.reportFailure(published, "Failed", "about the deleted object"))
                .isInstanceOf(ApiRequestException.class)
                .satisfies(
                        e -> assertThat(((ApiRequestException) e).isNotFound()).isTrue());
    }

    private static Publication withRevision(Publication wanted, String revision) {
        return new Publication(
                wanted.key(),
                wanted.labels(),
                wanted.annotations(),
                wanted.sourceRef(),
                null,
                ARTIFACT.withRevision(revision));
    }

    @Test
    void removesUnwantedLabelsAndKeepsThoseOfOthers(@TestNamespace String namespace) throws Exception {
        Publication wanted = publication(namespace, Map.of("team", "x", "old", "y"));
        ExternalArtifact published = publisher.publish(wanted, null).object();
        published.metadata().putLabelsItem("foreign", "z");
        published.metadata().setManagedFields(null);
        requests.replace(ExternalArtifact.TYPE.kind(), wanted.key(), published, ExternalArtifact.class);

        PublishResult result = publisher.publish(publication(namespace, Map.of("team", "x")), read(wanted.key()));

        assertThat(result.objectWritten()).isTrue();
        assertThat(result.statusWritten()).isFalse();
        assertThat(read(wanted.key()).metadata().getLabels())
                .containsOnlyKeys("team", "foreign", "app.kubernetes.io/managed-by");
    }

    @Test
    void aNewArtifactKeepsTheTransitionTimeAndAFailureKeepsTheArtifact(@TestNamespace String namespace)
            throws Exception {
        Publication wanted = publication(namespace, Map.of());
        ExternalArtifact first = publisher.publish(wanted, null).object();
        Publication changed = new Publication(
                wanted.key(), Map.of(), Map.of(), wanted.sourceRef(), null, ARTIFACT.withRevision("latest@sha256:cd"));

        ExternalArtifact second = publisher.publish(changed, first).object();
        ExternalArtifact failed = publisher.reportFailure(second, "FetchFailed", "host is down");

        assertThat(second.conditions().get(0).getLastTransitionTime())
                .isEqualTo(first.conditions().get(0).getLastTransitionTime());
        assertThat(failed.conditions()).singleElement().satisfies(ready -> {
            assertThat(ready.getType()).isEqualTo(ConditionTypes.READY);
            assertThat(ready.getStatus()).isEqualTo("False");
        });
        assertThat(failed.artifact().orElseThrow().revision()).isEqualTo("latest@sha256:cd");
    }

    @Test
    void exportedInputsAreWhatThePublisherWants(@TestNamespace String namespace) throws Exception {
        Publication wanted = withInputs(
                publication(namespace, Map.of()),
                Map.of(
                        "region", JsonValue.parse("\"eu\""),
                        "replicas", JsonValue.parse("9007199254740993"),
                        "ratio", JsonValue.parse("0.25"),
                        "large", JsonValue.parse("1.0E21"),
                        "nothing", JsonValue.parse("null"),
                        "zones", JsonValue.parse("[\"a\", {\"b\": null}]"),
                        "net", JsonValue.parse("{\"cidr\": \"10.0.0.0/8\", \"gone\": null, \"empty\": {}}")));

        publisher.publish(wanted, null);
        ExternalArtifact published = read(wanted.key());

        assertThat(publisher.publish(wanted, published).written()).isFalse();
        assertThat(exported(published)).containsEntry("replicas", JsonValue.parse("9007199254740993"));
        assertThat(exported(publisher.reportFailure(published, "Failed", "keeps the inputs")))
                .isEqualTo(exported(published));

        editInputs(wanted, "{\"region\": \"us\", \"foreign\": 1, \"net\": {\"cidr\": \"::/0\", \"foreign\": {}}}");
        ExternalArtifact edited = read(wanted.key());
        assertThat(publisher.isPublished(wanted, edited)).isFalse();
        publisher.publish(wanted, edited);
        ExternalArtifact repaired = read(wanted.key());
        assertThat(publisher.publish(wanted, repaired).written()).isFalse();
        assertThat(exported(repaired)).isEqualTo(exported(published));
        assertThat(repaired.artifact()).contains(wanted.artifact());

        Publication without = withInputs(wanted, Map.of());
        publisher.publish(without, repaired);
        assertThat(exported(read(wanted.key()))).isEmpty();
        editInputs(wanted, "{\"foreign\": 1}");
        publisher.publish(without, read(wanted.key()));
        assertThat(exported(read(wanted.key()))).isEmpty();
    }

    /** The largest inputs that the reconciler publishes, by the bytes of their values and of their managed fields. */
    @Test
    void theApiServerStoresTheLargestInputs(@TestNamespace String namespace) throws Exception {
        Map<String, JsonValue> inputs = new HashMap<>();
        for (int i = 0; i < 16_000; i++) {
            inputs.put("k%06d".formatted(i), JsonValue.parse('"' + "x".repeat(53) + '"'));
        }
        Publication wanted = withInputs(publication(namespace, Map.of()), inputs);

        publisher.publish(wanted, null);
        ExternalArtifact published = read(wanted.key());
        assertThat(publisher.publish(wanted, published).written()).isFalse();
        inputs.put("k000000", JsonValue.parse("1"));
        publisher.publish(withInputs(wanted, inputs), published);

        assertThat(exported(read(wanted.key()))).hasSize(16_000).containsEntry("k000000", JsonValue.parse("1"));
    }

    private static Publication withInputs(Publication publication, Map<String, JsonValue> inputs) {
        return new Publication(
                publication.key(),
                publication.labels(),
                publication.annotations(),
                publication.sourceRef(),
                publication.owner(),
                publication.artifact(),
                ExportedInputs.of(inputs));
    }

    private void editInputs(Publication publication, String inputs) throws IOException {
        requests.mergePatch(
                ResourcePath.of(ExternalArtifact.TYPE.kind(), publication.key()).subresource("status"),
                "other",
                new Gson().fromJson("{\"status\":{\"exportedInputs\":%s}}".formatted(inputs), JsonObject.class),
                JsonObject.class);
    }

    private static Map<String, JsonValue> exported(ExternalArtifact object) {
        return Objects.requireNonNull(object.status()).exportedInputs();
    }

    @Test
    void doesNotDeleteARecreatedObject(@TestNamespace String namespace) throws Exception {
        Publication wanted = publication(namespace, Map.of());
        ExternalArtifact first = publishDeleteAndPublish(wanted);

        assertThat(publisher.delete(first)).isFalse();

        assertThat(read(wanted.key()).metadata().getUid())
                .isNotEqualTo(first.metadata().getUid());
    }

    @Test
    void anObjectThatWasMadeAgainIsNotChangedInPlaceOfTheFirst(KubernetesApi api, @TestNamespace String namespace)
            throws Exception {
        // the in-memory API does not check the UID of an apply
        assumeTrue(api.kind() == dev.sluice.kubetest.junit.TestedApi.REAL, "needs a real API server");
        ExternalArtifact first = publishDeleteAndPublish(publication(namespace, Map.of()));

        assertThatThrownBy(() -> publisher.publish(publication(namespace, Map.of("a", "b")), first))
                .isInstanceOf(ApiRequestException.class)
                .hasMessageContaining("uid");
    }

    private ExternalArtifact publishDeleteAndPublish(Publication wanted) throws IOException {
        ExternalArtifact first = publisher.publish(wanted, null).object();
        assertThat(publisher.delete(first)).isTrue();
        await().until(() -> requests.get(ExternalArtifact.TYPE.kind(), wanted.key(), ExternalArtifact.class)
                .isEmpty());
        publisher.publish(wanted, null);
        return first;
    }

    @Test
    void theCacheFollowsPublishedObjects(@TestNamespace String namespace) throws Exception {
        List<String> revisions = new CopyOnWriteArrayList<>();
        try (Informers informers = new Informers(client, InformerOptions.DEFAULT)) {
            SharedIndexInformer<ExternalArtifact> informer = informers.add(
                    ExternalArtifact.TYPE, Scope.all().inNamespace(namespace).keepingManager("maker"));
            informer.addEventHandler(new ChangeHandler<>((before, after) -> revisions.add(
                    after == null
                            ? "gone"
                            : after.artifact().map(Artifact::revision).orElse("none"))));
            informers.start();
            await().until(informers::hasSynced);

            Publication wanted = publication(namespace, Map.of());
            ExternalArtifact published = publisher.publish(wanted, null).object();
            await().until(() -> revisions.contains("latest@sha256:ab"));
            ExternalArtifact cached =
                    informer.getIndexer().getByKey(wanted.key().toString());

            assertThat(publisher.publish(wanted, cached).written()).isFalse();
            publisher.delete(published);
            await().until(() -> revisions.contains("gone"));
        }
    }

    @Test
    void repeatedEventsIncrementTheCount(@TestNamespace String namespace) throws Exception {
        ExternalArtifact object =
                publisher.publish(publication(namespace, Map.of()), null).object();
        try (EventRecorder recorder = new EventRecorder(
                List.of(new KubernetesEventSink(requests, "maker", "host-1")), 10, InstantSource.system())) {
            for (int i = 0; i < 3; i++) {
                recorder.record(
                        object,
                        EventType.NORMAL,
                        "Publish",
                        "Ready",
                        "all is well ".repeat(500),
                        Map.of("x/revision", "r1"));
            }

            await().untilAsserted(() -> assertThat(events(namespace))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.get("count").getAsInt()).isEqualTo(3);
                        assertThat(event.getAsJsonObject("involvedObject")
                                        .get("name")
                                        .getAsString())
                                .isEqualTo("one");
                    }));
            assertThat(recorder.dropped()).isZero();
        }
    }

    @Test
    void anotherReplicaLeadsAfterARelease(@TestNamespace String namespace) {
        List<String> changes = new CopyOnWriteArrayList<>();
        LeaderElection one = election(namespace, "one", changes);
        one.start();
        await().until(one::isLeader);
        LeaderElection two = election(namespace, "two", changes);
        two.start();

        one.close(Duration.ofSeconds(5));

        await().until(two::isLeader);
        assertThat(one.isLeader()).isFalse();
        two.close(Duration.ofSeconds(5));
        assertThat(changes).containsExactly("one begins", "one ends", "two begins", "two ends");
    }

    private LeaderElection election(String namespace, String name, List<String> changes) {
        LeaseOptions options = new LeaseOptions(
                new ObjectKey(namespace, "leader"),
                name,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2));
        return new LeaderElection(client, options, new Leadership() {
            @Override
            public void begin() {
                changes.add(name + " begins");
            }

            @Override
            public boolean end(Duration limit) {
                changes.add(name + " ends");
                return true;
            }
        });
    }

    private List<JsonObject> events(String namespace) throws IOException {
        return requests.list(EVENT, namespace, Map.of(), JsonObject.class).getAsJsonArray("items").asList().stream()
                .map(item -> item.getAsJsonObject())
                .filter(event -> event.get("reason").getAsString().equals("Ready"))
                .toList();
    }

    private ExternalArtifact read(ObjectKey key) throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), key, ExternalArtifact.class)
                .orElseThrow();
    }

    private static Publication publication(String namespace, Map<String, String> labels) {
        NamespacedObjectKindReference source =
                new NamespacedObjectKindReference("example.com/v1", "Release", "app", namespace);
        return new Publication(new ObjectKey(namespace, "one"), labels, Map.of("note", "n"), source, null, ARTIFACT);
    }

    static {
        ToolkitJson.install();
    }
}
