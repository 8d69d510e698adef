package dev.sluice.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.KubernetesEventSink;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.informer.UnreadableObjectReporter;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.controller.request.UnreadableObjectException;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.HelmChart;
import dev.sluice.toolkit.source.OCIRepository;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;

/**
 * Objects that API servers store although their Java type cannot hold them, of every kind that the reconciler watches.
 * The schemas of today's Flux only allow unusual times; those of other kinds and former versions allow more.
 */
@KubernetesTest
@Timeout(180)
final class PoisonedObjectsIT {

    private static final ApiKind CRD =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");
    private static final String CONDITION =
            "{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"a\",\"message\":\"\",\"lastTransitionTime\":\"%s\"%s}";

    private static final Map<ApiType<? extends KubernetesObject, ?>, String> SPECS = new LinkedHashMap<>();

    static {
        ToolkitJson.install();
        SPECS.put(GitRepository.TYPE, "{\"url\":\"https://example.com/x\",\"interval\":\"1m\"}");
        SPECS.put(OCIRepository.TYPE, "{\"url\":\"oci://example.com/x\",\"interval\":\"1m\"}");
        SPECS.put(Bucket.TYPE, "{\"bucketName\":\"b\",\"endpoint\":\"e\",\"interval\":\"1m\"}");
        SPECS.put(
                HelmChart.TYPE,
                "{\"chart\":\"c\",\"interval\":\"1m\",\"sourceRef\":{\"kind\":\"GitRepository\",\"name\":\"x\"}}");
        SPECS.put(ExternalArtifact.TYPE, "{}");
        SPECS.put(
                ArtifactGenerator.TYPE,
                "{\"sources\":[{\"alias\":\"a\",\"kind\":\"GitRepository\",\"name\":\"x\"}],"
                        + "\"artifacts\":[{\"name\":\"out\",\"copy\":[{\"from\":\"@a/**\",\"to\":\"@artifact/\"}]}]}");
    }

    private final ApiClient client;
    private final ApiRequests requests;

    PoisonedObjectsIT(ApiClient client) {
        this.client = client;
        this.requests = new ApiRequests(client, Duration.ofSeconds(30));
    }

    @BeforeEach
    void createTheCrds() throws IOException {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        for (ApiType<?, ?> type : SPECS.keySet()) {
            Map<String, Object> crd =
                    new Yaml().load(ToolkitCrds.manifest(type.kind().plural()));
            define(crd);
            define(withLooseStatus(crd, type.kind().group()));
        }
        for (ApiType<?, ?> type : SPECS.keySet()) {
            for (ApiType<?, ?> served : List.of(type, loose(type))) {
                await().ignoreException(ApiRequestException.class)
                        .until(() -> requests.list(served.kind(), "", Map.of(), JsonObject.class) != null);
            }
        }
    }

    private void define(Object crd) throws IOException {
        try {
            requests.create(CRD, new ObjectKey("", "crd"), crd, JsonObject.class);
        } catch (ApiRequestException e) {
            assertThat(e.isConflict()).as(e.getMessage()).isTrue();
        }
    }

    /** Returns the same kind in another group, with a status without a schema. */
    private static JsonObject withLooseStatus(Map<String, Object> crd, String group) {
        JsonObject loose = JsonParser.parseString(ToolkitJson.gson().toJson(crd).replace(group, "loose." + group))
                .getAsJsonObject();
        loose.getAsJsonObject("metadata").remove("annotations");
        loose.getAsJsonObject("spec")
                .getAsJsonArray("versions")
                .forEach(version -> version.getAsJsonObject()
                        .getAsJsonObject("schema")
                        .getAsJsonObject("openAPIV3Schema")
                        .getAsJsonObject("properties")
                        .add(
                                "status",
                                JsonParser.parseString(
                                        "{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}")));
        return loose;
    }

    private static <T extends KubernetesObject, L extends KubernetesListObject> ApiType<T, L> loose(
            ApiType<T, L> type) {
        ApiKind kind = type.kind();
        return new ApiType<>(
                new ApiKind("loose." + kind.group(), kind.version(), kind.kind(), kind.plural()),
                type.objectClass(),
                type.listClass());
    }

    @Test
    void acceptsAllTimesThatTheApiServerAccepts(@TestNamespace String namespace) throws Exception {
        List<String> times = List.of(
                "2026-01-01T00:00:00+19:00",
                "2026-01-01T00:00:00.0123456789Z",
                "2026-01-01T00:00:00+99:99",
                "2026-01-01t00:00:00z",
                "2026-01-01T00:00:00,5Z",
                "2026-01-01T00:00:00x5Z",
                "2026-01-01T00:00:00Ztail",
                "0000-01-01T00:00:00+23:59",
                "9999-12-31T23:59:59-23:59");
        for (int i = 0; i < times.size(); i++) {
            for (ApiType<?, ?> type : SPECS.keySet()) {
                create(type, namespace, "time-" + i);
                status(
                        type,
                        namespace,
                        "time-" + i,
                        "{\"conditions\":[" + CONDITION.formatted(times.get(i), "") + "]}");
            }
            status(GitRepository.TYPE, namespace, "time-" + i, artifact(times.get(i)));
        }

        try (Informers informers = new Informers(client, InformerOptions.DEFAULT)) {
            Map<ApiType<?, ?>, SharedIndexInformer<?>> caches = add(informers, namespace, SPECS.keySet());
            informers.start();
            await().until(informers::hasSynced);

            for (ApiType<?, ?> type : SPECS.keySet()) {
                assertThat(informers.setAside(type.kind())).isEmpty();
                assertThat(caches.get(type).getIndexer().listKeys()).hasSameSizeAs(times);
            }
        }
    }

    @Test
    void anUnreadableObjectDoesNotAffectOthers(@TestNamespace String namespace) throws Exception {
        List<ApiType<?, ?>> types = new ArrayList<>();
        SPECS.keySet().forEach(type -> types.add(loose(type)));
        for (ApiType<?, ?> type : types) {
            create(type, namespace, "before");
            create(type, namespace, "later");
            create(type, namespace, "neighbour");
            poison(type, namespace, "before");
        }
        try (Informers informers = new Informers(client, InformerOptions.DEFAULT)) {
            Map<ApiType<?, ?>, SharedIndexInformer<?>> caches = add(informers, namespace, types);
            informers.start();
            await().until(informers::hasSynced);
            for (ApiType<?, ?> type : types) {
                assertThat(caches.get(type).getIndexer().listKeys())
                        .containsExactlyInAnyOrder(namespace + "/later", namespace + "/neighbour");

                poison(type, namespace, "later");
                create(type, namespace, "next");

                await().until(() -> caches.get(type).getIndexer().listKeys().contains(namespace + "/next"));
                await().untilAsserted(
                                () -> assertThat(caches.get(type).getIndexer().listKeys())
                                        .containsExactlyInAnyOrder(namespace + "/next", namespace + "/neighbour"));
                assertThat(informers.setAside(type.kind()))
                        .containsExactlyInAnyOrder(
                                new ObjectKey(namespace, "before"), new ObjectKey(namespace, "later"));
            }
        }
    }

    @Test
    void gettingAnUnreadableObjectFailsWithItsName(@TestNamespace String namespace) throws Exception {
        ApiType<GitRepository, ?> type = loose(GitRepository.TYPE);
        create(type, namespace, "bad");
        poison(type, namespace, "bad");

        assertThatThrownBy(() -> requests.get(type.kind(), new ObjectKey(namespace, "bad"), GitRepository.class))
                .isInstanceOf(UnreadableObjectException.class)
                .hasMessageContaining("cannot get GitRepository " + namespace + "/bad: the object cannot be read")
                .hasMessageContaining("observedGeneration");
    }

    /** To the controller the object does not exist, so only the reporter can tell its owner. */
    @Test
    void reportsAnUnreadableObjectOnceByEventAndConditions(@TestNamespace String namespace) throws Exception {
        ApiType<ArtifactGenerator, ?> type = loose(ArtifactGenerator.TYPE);
        ObjectKey key = new ObjectKey(namespace, "bad");
        create(type, namespace, "bad");
        status(
                type,
                namespace,
                "bad",
                "{\"inventory\":[\"odd\"],\"conditions\":[%s,%s]}"
                        .formatted(
                                CONDITION.formatted("2026-01-01T00:00:00Z", ""),
                                CONDITION
                                        .replace("Ready", "Theirs")
                                        .formatted("2026-01-01T00:00:00Z", ",\"observedGeneration\":1e30")));
        EventRecorder events =
                new EventRecorder(List.of(new KubernetesEventSink(requests, "test", "here")), 100, Clock.systemUTC());
        try (Informers informers = new Informers(client, InformerOptions.DEFAULT);
                UnreadableObjectReporter notices = new UnreadableObjectReporter(
                        informers, requests, events, "test", Clock.systemUTC(), Set.of(type.kind()))) {
            add(informers, namespace, List.of(type));
            informers.start();
            notices.start();

            await().until(() -> conditions(type, key).toString().contains(UnreadableObjectReporter.REASON));
            await().until(() -> eventsAbout(key).size() == 1);
            JsonArray conditions = conditions(type, key);
            assertThat(conditions).hasSize(3);
            assertThat(conditions.get(0).toString()).contains("Stalled", "\"True\"", "\"observedGeneration\":1");
            assertThat(conditions.get(1).toString()).contains("Ready", "\"False\"", "observedGeneration", "delete it");
            assertThat(conditions.get(2).toString()).contains("Theirs", "observedGeneration");
            assertThat(read(type, key)
                            .getAsJsonObject("status")
                            .get("inventory")
                            .toString())
                    .contains("odd");
            assertThat(eventsAbout(key).get(0).toString())
                    .contains("Warning", UnreadableObjectReporter.REASON, "cannot be read");

            String version = version(type, key);
            await().during(Duration.ofSeconds(5)).until(() -> version(type, key).equals(version));
            assertThat(eventsAbout(key)).hasSize(1);
            assertThat(informers.setAside(type.kind())).containsExactly(key);
        } finally {
            events.close();
        }
    }

    private JsonObject read(ApiType<?, ?> type, ObjectKey key) throws IOException {
        return requests.get(type.kind(), key, JsonObject.class).orElseThrow();
    }

    private JsonArray conditions(ApiType<?, ?> type, ObjectKey key) throws IOException {
        return read(type, key).getAsJsonObject("status").getAsJsonArray("conditions");
    }

    private String version(ApiType<?, ?> type, ObjectKey key) throws IOException {
        return read(type, key)
                .getAsJsonObject("metadata")
                .get("resourceVersion")
                .getAsString();
    }

    private List<JsonElement> eventsAbout(ObjectKey key) throws IOException {
        JsonObject list =
                requests.list(new ApiKind("", "v1", "Event", "events"), key.namespace(), Map.of(), JsonObject.class);
        return list.getAsJsonArray("items").asList().stream()
                .filter(event -> event.getAsJsonObject()
                        .getAsJsonObject("involvedObject")
                        .get("name")
                        .getAsString()
                        .equals(key.name()))
                .toList();
    }

    private static Map<ApiType<?, ?>, SharedIndexInformer<?>> add(
            Informers informers, String namespace, Collection<? extends ApiType<?, ?>> types) {
        Map<ApiType<?, ?>, SharedIndexInformer<?>> caches = new LinkedHashMap<>();
        types.forEach(type -> caches.put(type, informers.add(type, Scope.all().inNamespace(namespace))));
        return caches;
    }

    private void create(ApiType<?, ?> type, String namespace, String name) throws IOException {
        JsonObject object = JsonParser.parseString(
                        "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"},\"spec\":%s}"
                                .formatted(type.kind().apiVersion(), type.kind().kind(), name, spec(type)))
                .getAsJsonObject();
        requests.create(type.kind(), new ObjectKey(namespace, name), object, JsonObject.class);
    }

    private static String spec(ApiType<?, ?> type) {
        return SPECS.entrySet().stream()
                .filter(entry -> entry.getKey().objectClass().equals(type.objectClass()))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /** Writes a number that does not fit into a long. */
    private void poison(ApiType<?, ?> type, String namespace, String name) throws IOException {
        status(
                type,
                namespace,
                name,
                "{\"conditions\":["
                        + CONDITION.formatted("2026-01-01T00:00:00Z", ",\"observedGeneration\":1e30")
                        + "]}");
    }

    private static String artifact(String time) {
        return "{\"artifact\":{\"path\":\"p\",\"url\":\"u\",\"revision\":\"r\",\"digest\":\"sha256:" + "ab".repeat(32)
                + "\",\"lastUpdateTime\":\"" + time + "\"}}";
    }

    private void status(ApiType<?, ?> type, String namespace, String name, String status) throws IOException {
        JsonObject patch = new JsonObject();
        patch.add("status", JsonParser.parseString(status));
        requests.mergePatch(
                ResourcePath.of(type.kind(), new ObjectKey(namespace, name)).subresource("status"),
                "tenant",
                patch,
                JsonObject.class);
    }
}
