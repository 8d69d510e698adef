package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchLimits;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.storage.WriteFence;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.object.FinalizerStep;
import dev.sluice.controller.object.ObjectWriter;
import dev.sluice.controller.object.StatusExtras;
import dev.sluice.controller.object.StatusWriter;
import dev.sluice.controller.object.TestSource;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ArtifactReconcilerTest {

    private static final ApiKind KIND = TestSource.TYPE.kind();
    private static final ObjectKey ONE = new ObjectKey("apps", "one");
    private static final String PATH = "testsources/apps/one";
    private static final String FINALIZER = "example.com/maker";
    private static final String SECRET = "never-in-a-message";

    @TempDir
    Path directory;

    private final FakeObjects objects = new FakeObjects();
    private final ApiRequests requests = new ApiRequests(objects.api.client(), Duration.ofSeconds(30));
    private BuildDirectories builds;
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private EventRecorder events;
    private ContentBuilder<TestSource> builder = (source, context) -> Content.of(FileTree.builder()
            .putFile(TreePath.of("content"), FileEntry.of(false, "x".getBytes(StandardCharsets.UTF_8)))
            .build());
    private boolean setAside;
    private WriteFence fence = WriteFence.OPEN;

    @BeforeEach
    void open() throws IOException {
        builds = BuildDirectories.open(Files.createDirectory(directory.resolve("builds")), "maker");
        Files.createDirectory(directory.resolve("volume"));
        events = new EventRecorder(List.of(event -> sent.add(event.reason())), 10, Clock.systemUTC());
        objects.put(PATH, "{\"spec\":{\"content\":\"apps/one\"}}");
    }

    @AfterEach
    void close() throws IOException {
        events.close();
        builds.close();
    }

    /** The content of an object names its target; the cache knows no ExternalArtifact. */
    private ArtifactReconciler<TestSource> reconciler() {
        ArtifactStorage storage = new ArtifactStorage(
                StorageConfig.parse(List.of("--storage-path=" + directory.resolve("volume")), Map.of())
                        .options(),
                Clock.systemUTC(),
                () -> fence.check());
        StoredContent stored = new StoredContent(storage, new VerifiedFiles(storage, Clock.systemUTC()), "TestSource");
        ObjectWriter<TestSource> writer = new ObjectWriter<>(requests, TestSource.TYPE, "maker");
        BuildTools tools =
                BuildTools.of(requests, BuildTools.options(Map.of(), FetchAccess.open(), FetchLimits.none()), builds);
        return new ArtifactReconciler<>(
                new ArtifactReconciler.Steps<>(
                        requests,
                        TestSource.TYPE,
                        new SourceOptions<>(
                                source -> Duration.ofHours(1),
                                ArtifactReconcilerTest::target,
                                source -> source.spec().content().equals(SECRET) && fail(),
                                BackOffOptions.DEFAULT),
                        new BuildStep<>(builder, stored, tools),
                        new FinalizerStep<>(writer, FINALIZER),
                        new UnreadableDeletion(requests, KIND, "maker", FINALIZER),
                        stored,
                        new OwnArtifacts(
                                requests,
                                new ExternalArtifactPublisher(
                                        requests, PublisherOptions.named("maker"), Clock.systemUTC()),
                                "maker",
                                KIND,
                                new RecentWrites<>()),
                        new RecordedTargets<>(requests, TestSource.TYPE, "maker", "maker.sluice.dev/targets"),
                        new OutcomeReporter<>(
                                KIND, new StatusWriter<>(writer, TestSource.TYPE, Clock.systemUTC()), events),
                        key -> List.of(),
                        key -> setAside),
                false);
    }

    private static boolean fail() {
        throw new IllegalStateException(SECRET);
    }

    private static ObjectKey target(TestSource source) {
        String[] parts = source.spec().content().split("/", -1);
        return new ObjectKey(parts[0], parts[1]);
    }

    private Result reconcile() throws IOException {
        return reconciler().reconcile(ONE);
    }

    private String status() {
        JsonObject object = objects.find(PATH).orElseThrow();
        return object.has("status") ? object.get("status").toString() : "";
    }

    @Test
    void aDefectOfTheBuilderIsReportedWithoutItsMessage() throws IOException {
        RuntimeException defect = new IllegalStateException("token " + SECRET);
        builder = (source, context) -> {
            throw defect;
        };

        assertThat(reconcile()).isEqualTo(Result.failed(defect));

        assertThat(status())
                .contains("\"Ready\"", "BuildFailed", "unexpectedly with IllegalStateException; see the controller log")
                .doesNotContain(SECRET);
    }

    @Test
    void aDefectOfAnotherFunctionIsReportedToo() throws IOException {
        objects.edit(PATH, "{\"spec\":{\"content\":\"no-slash\"}}");
        assertThat(reconcile()).isInstanceOf(Result.Retry.class);
        assertThat(status()).contains("unexpectedly with ArrayIndexOutOfBoundsException");

        objects.edit(PATH, "{\"spec\":{\"content\":\"" + SECRET + "\"}}");
        assertThat(reconcile()).isInstanceOf(Result.Retry.class);
        assertThat(status()).contains("unexpectedly with IllegalStateException").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 409, 422, 500})
    void aFailureReachesTheObjectIfItsArtifactCannotReportIt(int code) throws IOException {
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        objects.refuse("PATCH externalartifacts/apps/one/status", code);
        builder = (source, context) -> {
            throw BuildFailure.stalled("InvalidSpec", "no URL");
        };

        assertThat(reconcile()).as("tried again").isInstanceOf(Result.Retry.class);

        assertThat(status())
                .contains("\"Stalled\"", "InvalidSpec", "no URL; the ExternalArtifact does not report it: ")
                .contains("HTTP " + code);

        objects.permit("PATCH externalartifacts/apps/one/status");
        assertThat(reconcile()).isInstanceOf(Result.Terminal.class);
        assertThat(status()).contains("no URL").doesNotContain("does not report it");
        assertThat(objects.find("externalartifacts/apps/one").orElseThrow().toString())
                .contains("InvalidSpec");
    }

    @Test
    void aFailureReachesTheObjectIfItsFurtherStatusIsInvalid() throws IOException {
        builder = (source, context) -> {
            throw BuildFailure.retry("FetchFailed", "HTTP 500", null)
                    .withStatus(StatusExtras.NONE.with("unknown", SECRET));
        };

        assertThat(reconcile()).isInstanceOf(Result.Retry.class);

        assertThat(status())
                .contains("FetchFailed", "HTTP 500; the further parts of the status are invalid")
                .doesNotContain(SECRET);
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsReported() throws IOException {
        builds.close();

        assertThat(reconcile()).isInstanceOf(Result.Retry.class);

        assertThat(status()).contains("BuildFailed", "cannot create a directory for the build: ");
    }

    /** As with another namespace that needs the worker, or when the controller stops. */
    @Test
    void anInterruptIsNotAFailureOfTheObject() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        builder = (source, context) -> {
            building.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new IllegalStateException("not interrupted");
        };
        Controller<ObjectKey> controller = controller(Duration.ofMinutes(1));
        building.await();

        controller.stop(Duration.ZERO);

        assertThat(status()).contains("Progressing").doesNotContain("BuildFailed");
    }

    @Test
    void aBuildThatTakesTooLongIsReported() {
        AtomicReference<Throwable> interrupted = new AtomicReference<>();
        builder = (source, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(e);
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("interrupted"));
            }
            throw new IllegalStateException("not interrupted");
        };
        Controller<ObjectKey> controller = controller(Duration.ofMillis(200));

        await().untilAsserted(() -> assertThat(status()).contains("the build exceeded the limit of 10 minutes"));
        controller.stop(Duration.ZERO);
        assertThat(interrupted.get()).isNotNull();
    }

    private Controller<ObjectKey> controller(Duration timeout) {
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("test").withTimeout(timeout),
                reconciler(),
                () -> true,
                ControllerListener.NONE);
        controller.start();
        controller.enqueue(ONE);
        return controller;
    }

    @Test
    void theFormerTargetInAnotherNamespaceIsRemoved() throws IOException {
        objects.edit(PATH, "{\"spec\":{\"content\":\"other/a\"}}");
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        assertThat(objects.find("externalartifacts/other/a")).isPresent();

        objects.edit(PATH, "{\"spec\":{\"content\":\"third/b\"}}");
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        assertThat(objects.find("externalartifacts/other/a")).isEmpty();
        assertThat(annotations()).contains("third/b").doesNotContain("other/a");

        objects.edit(PATH, "{\"spec\":{\"content\":\"apps/one\"}}");
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        assertThat(objects.find("externalartifacts/third/b")).isEmpty();
        assertThat(objects.find("externalartifacts/apps/one")).isPresent();
        assertThat(annotations()).isEqualTo("{}");
    }

    @Test
    void aFormerTargetThatMayNotBeReadIsReportedAndKept() throws IOException {
        Path files = directory.resolve("volume/testsource/apps/one");
        objects.edit(PATH, "{\"spec\":{\"content\":\"other/a\"}}");
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        objects.refuse("GET externalartifacts/other/a", 403);

        objects.edit(PATH, "{\"spec\":{\"content\":\"apps/one\"}}");
        assertThat(reconcile()).isInstanceOf(Result.Retry.class);

        assertThat(status()).contains("PublishFailed", "other/a");
        assertThat(annotations()).contains("other/a");
        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");
        assertThat(reconcile()).isInstanceOf(Result.Retry.class);
        assertThat(status()).contains("DeletionFailed", "the deletion waits: cannot get", "other/a", "HTTP 403");
        assertThat(files).isDirectory();

        objects.permit("GET externalartifacts/other/a");
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.find(PATH)).isEmpty();
        assertThat(objects.find("externalartifacts/other/a")).isEmpty();
        assertThat(files).doesNotExist();
    }

    @Test
    void aTargetThatMayNotBeDeletedIsReportedAndKept() throws IOException {
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        objects.refuse("DELETE externalartifacts/apps/one", 403);
        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");

        assertThat(reconcile()).isInstanceOf(Result.Retry.class);

        assertThat(status()).contains("DeletionFailed", "cannot delete", "HTTP 403");
        objects.permit("DELETE externalartifacts/apps/one");
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.find(PATH)).isEmpty();
        assertThat(objects.find("externalartifacts/apps/one")).isEmpty();
    }

    /** 400 is the answer of some admission webhooks, 500 that of one that cannot be called. */
    @ParameterizedTest
    @ValueSource(ints = {400, 422, 500})
    void aDeletionThatIsRefusedForAnotherReasonIsReportedToo(int code) throws IOException {
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        objects.refuse("DELETE externalartifacts/apps/one", code);
        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");

        assertThat(reconcile()).isInstanceOf(Result.Retry.class);

        assertThat(status()).contains("DeletionFailed", "HTTP " + code).doesNotContain("permission");
    }

    @Test
    void filesThatCannotBeRemovedAreReported() throws IOException {
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        fence = () -> {
            throw new IOException("Read-only file system");
        };
        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");

        assertThat(reconcile()).isInstanceOf(Result.Retry.class);
        assertThat(status()).contains("DeletionFailed", "the deletion waits: Read-only file system");

        fence = WriteFence.OPEN;
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.find(PATH)).isEmpty();
    }

    /** Another client has changed the object meanwhile; the next run reads it again. */
    @Test
    void aConflictOfADeletionIsNotReported() throws IOException {
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");
        objects.refuse("PATCH " + PATH, 409);

        assertThatThrownBy(this::reconcile).hasMessageContaining("HTTP 409");

        assertThat(status()).doesNotContain("DeletionFailed");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 413, 422})
    void aRefusedArtifactIsReported(int code) throws IOException {
        objects.refuse("PATCH externalartifacts/apps/one", code);

        assertThat(reconcile()).isInstanceOf(Result.Retry.class);

        assertThat(status()).contains("PublishFailed", "HTTP " + code);
    }

    /** The API server says so if the namespace does not exist. */
    @Test
    void aTargetInANamespaceThatDoesNotExistIsReported() throws IOException {
        objects.edit(PATH, "{\"spec\":{\"content\":\"other/a\"}}");
        objects.refuse("PATCH externalartifacts/other/a", 404);

        assertThat(reconcile()).isInstanceOf(Result.Retry.class);

        assertThat(status()).contains("PublishFailed", "cannot apply ExternalArtifact other/a: HTTP 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/one", "apps/a%2fb", "../one"})
    void anImpossibleTargetIsReportedAndDoesNotBlockADeletion(String target) throws IOException {
        objects.edit(PATH, "{\"spec\":{\"content\":\"" + target + "\"}}");

        assertThat(reconcile()).isInstanceOf(Result.Terminal.class);
        assertThat(status()).contains("\"Stalled\"", "InvalidName", "'" + target + "' cannot be the name");
        assertThat(objects.find(PATH).orElseThrow().toString()).doesNotContain("sluice.dev/targets");

        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.find(PATH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apps/one", "other/a"})
    void aTargetThatCouldNeverBePublishedDoesNotBlockADeletion(String target) throws IOException {
        objects.edit(PATH, "{\"spec\":{\"content\":\"" + target + "\"}}");
        objects.refuse("GET externalartifacts/" + target, 403);
        assertThat(reconcile()).isInstanceOf(Result.Retry.class);
        assertThat(status()).contains("PublishFailed", "HTTP 403");

        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");

        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.find(PATH)).isEmpty();
    }

    /** As source-controller, which compares digests. */
    @Test
    void aRecoveryToTheSameContentIsNotANewArtifact() throws IOException {
        ContentBuilder<TestSource> working = builder;
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        builder = (source, context) -> {
            throw BuildFailure.retry("FetchFailed", "HTTP 500", null);
        };
        assertThat(reconcile()).isInstanceOf(Result.Retry.class);
        builder = working;
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        assertThat(reconcile()).as("without an event").isInstanceOf(Result.RequeueAfter.class);
        builder = (source, context) -> Content.of(FileTree.builder().build()).withVersion("v2");
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);

        await().untilAsserted(() ->
                assertThat(sent).containsExactly("NewArtifact", "FetchFailed", "Succeeded", "NewArtifact"));
    }

    private String annotations() {
        JsonObject metadata = objects.find(PATH).orElseThrow().getAsJsonObject("metadata");
        return metadata.get("annotations").toString();
    }

    @Test
    void theAnnotationCannotRemoveObjectsOfOthers() throws IOException {
        objects.put(
                "externalartifacts/other/a",
                "{\"spec\":{\"sourceRef\":{\"apiVersion\":\"example.com/v1\",\"kind\":\"TestSource\","
                        + "\"namespace\":\"other\",\"name\":\"a\"}}}");
        objects.edit(
                PATH,
                "{\"metadata\":{\"annotations\":{\"maker.sluice.dev/targets\":\"other/a,..,/,a/../b,%2e/x,other/none\"}}}");

        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);

        assertThat(objects.find("externalartifacts/other/a")).isPresent();
        assertThat(annotations()).isEqualTo("{}");
    }

    @Test
    void anUnreadableObjectIsLeftAloneAndCanBeDeleted() throws IOException {
        objects.edit(PATH, "{\"spec\":{\"content\":\"other/a\"}}");
        assertThat(reconcile()).isInstanceOf(Result.RequeueAfter.class);
        Path files = directory.resolve("volume/testsource/apps/one");
        assertThat(files).isDirectory();

        objects.edit(PATH, "{\"spec\":{\"content\":[\"" + SECRET + "\"]}}");
        int before = objects.api.requests().size();
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.api.requests().subList(before, objects.api.requests().size()))
                .allMatch(asked -> asked.method().equals("GET"));
        assertThat(files).isDirectory();

        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.find(PATH)).isEmpty();
        assertThat(objects.find("externalartifacts/other/a")).isEmpty();
        assertThat(files).doesNotExist();
    }

    @Test
    void anObjectThatTheCacheHasSetAsideIsLeftAloneAndCanBeDeleted() throws IOException {
        setAside = true;
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(status()).isEmpty();

        objects.edit(
                PATH,
                "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",\"finalizers\":[\"" + FINALIZER
                        + "\"]}}");
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.find(PATH)).isEmpty();
    }

    @Test
    void anUnreadableArtifactIsReportedAndDoesNotBlockADeletion() throws IOException {
        objects.put("externalartifacts/apps/one", "{\"spec\":{\"sourceRef\":[]}}");
        assertThat(reconcile()).isInstanceOf(Result.Retry.class);
        assertThat(status()).contains("StorageOperationFailed", "correct or delete the ExternalArtifact");

        objects.edit(PATH, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");
        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(objects.find(PATH)).isEmpty();
    }

    @Test
    void aFailureOfTheApiServerIsNotOneOfTheObject() {
        objects.refuse("GET externalartifacts/apps/one", 500);

        assertThatThrownBy(this::reconcile).isInstanceOf(IOException.class).hasMessageContaining("HTTP 500");

        assertThat(status()).isEmpty();
    }
}
