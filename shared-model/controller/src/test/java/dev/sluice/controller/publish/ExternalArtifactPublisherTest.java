package dev.sluice.controller.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.kubetest.fake.FakeApi.Asked;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.JsonValue;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalArtifactPublisherTest {

    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00.750Z");
    private static final ObjectKey KEY = new ObjectKey("apps", "one");
    private static final Artifact ARTIFACT = new Artifact(
            "externalartifact/apps/one/ab.tar.gz",
            "http://server/externalartifact/apps/one/ab.tar.gz",
            "latest@sha256:ab",
            "sha256:cd",
            NOW,
            7L,
            Map.of("org.opencontainers.image.revision", "main@sha1:ef"));
    private static final V1OwnerReference OWNER =
            new V1OwnerReference().apiVersion("g/v1").kind("Gen").name("gen").uid("gen-uid");
    private static final Publication WANTED = new Publication(
            KEY,
            Map.of("team", "x"),
            Map.of("note", "y"),
            new NamespacedObjectKindReference("g/v1", "Gen", "gen", "apps"),
            OWNER,
            ARTIFACT);

    /** The published object as the API server returns it. */
    private static final String PUBLISHED = """
            {"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"ExternalArtifact",
             "metadata":{"name":"one","namespace":"apps","uid":"u1","resourceVersion":"5","generation":3,
               "labels":{"team":"x","app.kubernetes.io/managed-by":"maker","foreign":"label"},
               "annotations":{"note":"y","foreign":"annotation"},
               "ownerReferences":[{"apiVersion":"g/v1","kind":"Gen","name":"gen","uid":"gen-uid"}],
               "managedFields":[
                 {"manager":"kubectl","operation":"Update","fieldsV1":{"f:metadata":{"f:labels":{"f:foreign":{}}}}},
                 {"manager":"maker","operation":"Apply","subresource":"status","fieldsV1":{"f:status":{
                   "f:artifact":{".":{},"f:path":{},"f:url":{},"f:revision":{},"f:digest":{},"f:lastUpdateTime":{},"f:size":{},
                     "f:metadata":{".":{},"f:org.opencontainers.image.revision":{}}},"f:conditions":{}}}},
                 {"manager":"maker","operation":"Apply","fieldsV1":{"f:metadata":{
                   "f:labels":{".":{},"f:team":{},"f:app.kubernetes.io/managed-by":{}},"f:annotations":{"f:note":{}},
                   "f:ownerReferences":{"k:{\\"uid\\":\\"gen-uid\\"}":{}}},"f:spec":{"f:sourceRef":{}}}}]},
             "spec":{"sourceRef":{"apiVersion":"g/v1","kind":"Gen","name":"gen","namespace":"apps"}},
             "status":{"artifact":{"path":"externalartifact/apps/one/ab.tar.gz",
                "url":"http://server/externalartifact/apps/one/ab.tar.gz","revision":"latest@sha256:ab",
                "digest":"sha256:cd","lastUpdateTime":"2026-07-01T10:00:00Z","size":7,
                "metadata":{"org.opencontainers.image.revision":"main@sha1:ef"}},
              "conditions":[{"type":"Ready","status":"True","reason":"Succeeded","message":"Artifact is ready",
                "observedGeneration":3,"lastTransitionTime":"2026-06-01T00:00:00Z"}]}}""";

    private final FakeApi api = new FakeApi(asked -> Answer.ok(withoutStatus(PUBLISHED)));
    private final ExternalArtifactPublisher publisher = new ExternalArtifactPublisher(
            new ApiRequests(api.client(), Duration.ofSeconds(30)),
            PublisherOptions.named("maker"),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void appliesANewObjectAndThenItsStatus() throws Exception {
        PublishResult result = publisher.publish(WANTED, null);

        assertThat(result.objectWritten()).isTrue();
        assertThat(result.statusWritten()).isTrue();
        String path = "/apis/source.toolkit.fluxcd.io/v1/namespaces/apps/externalartifacts/one";
        assertThat(api.requests())
                .extracting(Asked::toString)
                .containsExactly("PATCH " + path, "PATCH " + path + "/status");
        assertThat(api.requests()).allSatisfy(asked -> {
            assertThat(asked.contentType()).isEqualTo("application/apply-patch+yaml");
            assertThat(asked.uri().getQuery()).contains("fieldManager=maker").contains("force=true");
        });
    }

    @Test
    @SuppressWarnings("NullAway") // as a caller without null checks
    void aPublicationRefusesNulls() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Publication(KEY, Map.of(), Map.of(), null, null, ARTIFACT))
                .withMessage("sourceRef");
        assertThatNullPointerException()
                .isThrownBy(() -> new Publication(KEY, Map.of(), Map.of(), WANTED.sourceRef(), null, null))
                .withMessage("artifact");
    }

    @Test
    void theBodiesContainOnlyTheWantedFields() throws Exception {
        publisher.publish(WANTED, null);

        assertThat(api.requests().get(0).json()).isEqualTo(JsonParser.parseString("""
                        {"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"ExternalArtifact",
                         "metadata":{"name":"one","namespace":"apps",
                           "labels":{"team":"x","app.kubernetes.io/managed-by":"maker"},"annotations":{"note":"y"},
                           "ownerReferences":[{"apiVersion":"g/v1","kind":"Gen","name":"gen","uid":"gen-uid"}]},
                         "spec":{"sourceRef":{"apiVersion":"g/v1","kind":"Gen","name":"gen","namespace":"apps"}}}"""));
        JsonObject status = JsonParser.parseString(PUBLISHED).getAsJsonObject().getAsJsonObject("status");
        status.getAsJsonArray("conditions")
                .get(0)
                .getAsJsonObject()
                .addProperty("lastTransitionTime", "2026-07-01T10:00:00Z");
        assertThat(api.requests().get(1).json().get("status")).isEqualTo(status);
    }

    @Test
    void reportsInputsThatAnOlderDefinitionDrops() {
        Publication wanted = new Publication(
                KEY,
                WANTED.labels(),
                WANTED.annotations(),
                WANTED.sourceRef(),
                OWNER,
                ARTIFACT,
                ExportedInputs.of(Map.of("region", JsonValue.parse("\"eu\""))));

        assertThatThrownBy(() -> publisher.publish(wanted, null))
                .isInstanceOf(IOException.class)
                .hasMessage("the API server dropped status.exportedInputs of ExternalArtifact apps/one; install the"
                        + " ExternalArtifact CRD of Flux 2.10 or later");
        assertThat(api.requests()).as("object and status").hasSize(2);
    }

    @Test
    void sendsNothingIfUnchanged() throws Exception {
        PublishResult result = publisher.publish(WANTED, published());

        assertThat(result.written()).isFalse();
        assertThat(publisher.isPublished(WANTED, published())).isTrue();
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void ignoresUnknownManagedFields() throws Exception {
        ExternalArtifact current =
                parse(edit(PUBLISHED, json -> json.getAsJsonObject("metadata").remove("managedFields")));

        assertThat(publisher.publish(WANTED, current).written()).isFalse();
    }

    record Drift(String name, UnaryOperator<String> edit, boolean object, boolean status) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Drift> drifts() {
        return Stream.of(
                replace("label edited", "\"team\":\"x\"", "\"team\":\"z\"", true, false),
                replace("label removed", "\"team\":\"x\",", "", true, false),
                replace("managed-by edited", "managed-by\":\"maker\"", "managed-by\":\"other\"", true, false),
                replace("annotation edited", "\"note\":\"y\"", "\"note\":\"z\"", true, false),
                replace(
                        "label that we own and no longer want",
                        "\"f:team\":{}",
                        "\"f:team\":{},\"f:foreign\":{}",
                        true,
                        false),
                replace(
                        "annotation that we own and no longer want",
                        "\"f:note\":{}",
                        "\"f:note\":{},\"f:foreign\":{}",
                        true,
                        false),
                replace("label that another manager owns now", "\"f:team\":{},", "", true, false),
                replace(
                        "no managed fields of ours",
                        "\"manager\":\"maker\",\"operation\":\"Apply\",\"fieldsV1\"",
                        "\"manager\":\"x\",\"fieldsV1\"",
                        true,
                        false),
                replace("owner", "\"uid\":\"gen-uid\"}]", "\"uid\":\"old-uid\"}]", true, false),
                replace("source", "\"name\":\"gen\",\"namespace\"", "\"name\":\"old\",\"namespace\"", true, false),
                replace("revision", "latest@sha256:ab\"", "latest@sha256:00\"", false, true),
                replace("digest", "sha256:cd", "sha256:00", false, true),
                replace("origin revision", "main@sha1:ef", "main@sha1:00", false, true),
                replace("revision that another manager has written", "\"f:revision\":{},", "", false, true),
                replace(
                        "origin revision that another manager has written",
                        ",\"f:org.opencontainers.image.revision\":{}",
                        "",
                        false,
                        true),
                replace("size", "\"size\":7", "\"size\":8", false, true),
                replace("not ready", "\"status\":\"True\"", "\"status\":\"False\"", false, true),
                replace("message", "Artifact is ready", "old message", false, true),
                replace("generation", "\"generation\":3", "\"generation\":4", false, true),
                new Drift(
                        "no artifact",
                        json -> edit(json, o -> o.getAsJsonObject("status").remove("artifact")),
                        false,
                        true),
                new Drift("no status", ExternalArtifactPublisherTest::withoutStatus, false, true));
    }

    @ParameterizedTest
    @MethodSource("drifts")
    void appliesOnlyWhatDiffers(Drift drift) throws Exception {
        ExternalArtifact current = parse(drift.edit.apply(PUBLISHED));
        // the server responds to an apply with the wanted object and its former status
        api.handle(asked -> Answer.ok(drift.object ? PUBLISHED : drift.edit.apply(PUBLISHED)));
        assertThat(publisher.isPublished(WANTED, current)).isFalse();

        PublishResult result = publisher.publish(WANTED, current);

        assertThat(result.objectWritten()).isEqualTo(drift.object);
        assertThat(result.statusWritten()).isEqualTo(drift.status);
        assertThat(api.requests())
                .hasSize(1)
                .allSatisfy(asked -> assertThat(asked.json()
                                .getAsJsonObject("metadata")
                                .get("uid")
                                .getAsString())
                        .isEqualTo("u1"));
    }

    @Test
    void appliesTheStatusToTheVersionThatWasRead() throws Exception {
        publisher.reportFailure(published(), "FetchFailed", "host is down");

        assertThat(api.requests()
                        .get(0)
                        .json()
                        .getAsJsonObject("metadata")
                        .get("resourceVersion")
                        .getAsString())
                .isEqualTo("5");
    }

    @Test
    void limitsAttemptsOnAnObjectThatKeepsChanging() {
        api.handle(asked -> asked.method().equals("GET") ? Answer.ok(PUBLISHED) : Answer.status(409, "modified"));

        assertThatThrownBy(() -> publisher.reportFailure(published(), "FetchFailed", "host is down"))
                .isInstanceOf(ApiRequestException.class)
                .hasMessageContaining("modified");
        assertThat(api.requests()).hasSizeLessThan(12);
    }

    @Test
    void aFailureAfterAnEditKeepsTheArtifactThatWasRead() throws Exception {
        edited(PUBLISHED.replace("\"foreign\":\"label\"", "\"foreign\":\"edit\""));

        publisher.reportFailure(published(), "FetchFailed", "host is down");

        Asked last = api.requests().get(api.requests().size() - 1);
        assertThat(last.json()
                        .getAsJsonObject("metadata")
                        .get("resourceVersion")
                        .getAsString())
                .isEqualTo("6");
        assertThat(last.json().getAsJsonObject("status").get("artifact"))
                .isEqualTo(ToolkitJson.gson().toJsonTree(published().artifact().orElseThrow()));
    }

    static Stream<Drift> takenOver() {
        return Stream.of(
                replace("another artifact", "sha256:cd", "sha256:00", false, false),
                replace("another address", "http://server", "http://of-another-shard", false, false),
                replace("another maker", "\"uid\":\"gen-uid\"}]", "\"uid\":\"other-uid\"}]", false, false),
                replace(
                        "another source",
                        "\"name\":\"gen\",\"namespace\"",
                        "\"name\":\"x\",\"namespace\"",
                        false,
                        false),
                replace("another object", "\"uid\":\"u1\"", "\"uid\":\"u2\"", false, false),
                new Drift(
                        "no artifact",
                        json -> edit(json, o -> o.getAsJsonObject("status").remove("artifact")),
                        false,
                        false));
    }

    @ParameterizedTest
    @MethodSource("takenOver")
    void doesNotOverwriteAnotherPublisher(Drift drift) {
        edited(drift.edit.apply(PUBLISHED));
        ExternalArtifact stale = parse(PUBLISHED.replace("\"status\":\"True\"", "\"status\":\"False\""));

        assertThatThrownBy(() -> publisher.publish(WANTED, stale)).satisfies(ExternalArtifactPublisherTest::isConflict);
        assertThatThrownBy(() -> publisher.reportFailure(published(), "FetchFailed", "host is down"))
                .satisfies(ExternalArtifactPublisherTest::isConflict);
        assertThat(api.requests()).extracting(Asked::method).containsExactly("PATCH", "GET", "PATCH", "GET");
    }

    @Test
    void doesNotOverwriteAnotherPublisherAfterWritingTheObject() {
        api.handle(asked -> Answer.ok(PUBLISHED.replace("sha256:cd", "sha256:00")));
        ExternalArtifact stale = parse(PUBLISHED.replace("\"team\":\"x\"", "\"team\":\"z\""));

        assertThatThrownBy(() -> publisher.publish(WANTED, stale)).satisfies(ExternalArtifactPublisherTest::isConflict);
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void anObjectDeletedAfterAnEditIsNotFound() {
        api.handle(asked -> Answer.status(asked.method().equals("GET") ? 404 : 409, "refused"));

        assertThatThrownBy(() -> publisher.reportFailure(published(), "FetchFailed", "host is down"))
                .isInstanceOf(ApiRequestException.class)
                .satisfies(
                        e -> assertThat(((ApiRequestException) e).isNotFound()).isTrue());
    }

    /** The object was edited after version 5, so that a write for version 5 is refused. */
    private void edited(String json) {
        String now = json.replace("\"resourceVersion\":\"5\"", "\"resourceVersion\":\"6\"");
        api.handle(asked ->
                asked.body().contains("\"resourceVersion\":\"5\"") ? Answer.status(409, "modified") : Answer.ok(now));
    }

    private static void isConflict(Throwable thrown) {
        assertThat(thrown).isInstanceOf(ApiRequestException.class);
        assertThat(((ApiRequestException) thrown).isConflict()).isTrue();
    }

    @Test
    void keepsTheTransitionTimeWhenOnlyTheArtifactChanges() throws Exception {
        publisher.publish(WANTED, parse(PUBLISHED.replace("sha256:cd", "sha256:00")));

        assertThat(transitionTime(api.requests().get(0))).isEqualTo("2026-06-01T00:00:00Z");
    }

    @Test
    void changesTheTransitionTimeWithTheStatus() throws Exception {
        publisher.publish(WANTED, parse(PUBLISHED.replace("\"status\":\"True\"", "\"status\":\"False\"")));

        assertThat(transitionTime(api.requests().get(0))).isEqualTo("2026-07-01T10:00:00Z");
    }

    @Test
    void aFailureKeepsTheArtifactAndIsReportedOnce() throws Exception {
        api.handle(asked -> Answer.ok(
                edit(PUBLISHED, json -> json.add("status", asked.json().get("status")))));

        ExternalArtifact failed = publisher.reportFailure(published(), "FetchFailed", "host is down");

        assertThat(failed.artifact()).contains(published().artifact().orElseThrow());
        assertThat(failed.isReady()).isFalse();
        assertThat(publisher.reportFailure(failed, "FetchFailed", "host is down"))
                .isSameAs(failed);
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void deletesAnArtifactByItsUid() throws Exception {
        assertThat(publisher.delete(published())).isTrue();

        assertThat(api.requests().get(0).body()).contains("\"uid\":\"u1\"");
    }

    @Test
    void deletesAnArtifactInTheVersionThatWasRead() throws Exception {
        ExternalArtifact published = published();
        published.metadata().setResourceVersion("41");

        assertThat(publisher.deleteUnchanged(published)).isTrue();

        assertThat(api.requests().get(0).body()).contains("\"uid\":\"u1\"", "\"resourceVersion\":\"41\"");
    }

    @Test
    void aRefusalNamesTheObject() {
        api.handle(asked -> Answer.status(409, "uid mismatch"));

        assertThatThrownBy(() -> publisher.publish(WANTED, null))
                .isInstanceOf(ApiRequestException.class)
                .hasMessage("cannot apply ExternalArtifact apps/one: HTTP 409: uid mismatch");
    }

    private static Drift replace(String name, String from, String to, boolean object, boolean status) {
        return new Drift(name, json -> json.replace(from, to), object, status);
    }

    private static ExternalArtifact published() {
        return parse(PUBLISHED);
    }

    private static ExternalArtifact parse(String json) {
        return ToolkitJson.gson().fromJson(json, ExternalArtifact.class);
    }

    private static String withoutStatus(String json) {
        return edit(json, object -> object.remove("status"));
    }

    private static String edit(String json, java.util.function.Consumer<JsonObject> change) {
        JsonObject object = JsonParser.parseString(json).getAsJsonObject();
        change.accept(object);
        return object.toString();
    }

    private static String transitionTime(Asked asked) {
        return asked.json()
                .getAsJsonObject("status")
                .getAsJsonArray("conditions")
                .get(0)
                .getAsJsonObject()
                .get("lastTransitionTime")
                .getAsString();
    }
}
