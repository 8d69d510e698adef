package dev.sluice.reconciler;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.util.Watchable;
import io.kubernetes.client.util.generic.options.ListOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.awaitility.pollinterval.PollInterval;
import org.yaml.snakeyaml.Yaml;

/** Cluster operations of a test: applies YAML, reads objects, and edits them as another client would. */
final class Cluster {

    private static final ApiKind CRD =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");
    private static final List<ApiKind> KINDS = List.of(
            CRD,
            Bucket.TYPE.kind(),
            GitRepository.TYPE.kind(),
            ArtifactGenerator.TYPE.kind(),
            ExternalArtifact.TYPE.kind());

    private static final ApiKind NAMESPACE = new ApiKind("", "v1", "Namespace", "namespaces");

    /** The names of tests' own namespaces begin with it; they are deleted when their test ends. */
    private static final String TEST_NAMESPACE = "sluice-test-";

    /** UIDs of the default namespaces of clusters with our CRDs: applying seven CRDs takes longer than many tests. */
    private static final Set<String> WITH_CRDS = ConcurrentHashMap.newKeySet();

    /** Most conditions are met at once. Each request to the API server takes milliseconds of two processes. */
    private static final PollInterval SOON_THEN_RARELY = IterativePollInterval.iterative(
            pause -> pause.compareTo(Duration.ofMillis(250)) < 0
                    ? pause.multipliedBy(3).dividedBy(2)
                    : pause,
            Duration.ofMillis(20));

    private final ApiClient client;
    private final ApiRequests requests;

    Cluster(ApiClient client) {
        ToolkitJson.install();
        Awaitility.setDefaultPollInterval(SOON_THEN_RARELY);
        this.client = client;
        this.requests = new ApiRequests(client, Duration.ofSeconds(30));
    }

    ApiRequests requests() {
        return requests;
    }

    /**
     * Installs our CRDs and waits until they are served, unless the cluster has them: then removes the objects of
     * earlier tests. Every new reconciler would retry their builds, without their sources and files.
     */
    void installCrds() throws IOException {
        String cluster = requests.get(NAMESPACE, new ObjectKey("", "default"), JsonObject.class)
                .orElseThrow()
                .getAsJsonObject("metadata")
                .get("uid")
                .getAsString();
        if (WITH_CRDS.contains(cluster)) {
            removeObjectsOfEndedTests();
            return;
        }
        for (String manifest : ToolkitCrds.manifests()) {
            apply(manifest);
        }
        // the first list of a kind can be refused (429), because the server only now prepares its storage
        for (String manifest : ToolkitCrds.manifests()) {
            ApiKind kind = definedKind(parse(manifest).getAsJsonObject("spec"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> metadata(kind) != null);
        }
        WITH_CRDS.add(cluster);
    }

    /** The kind of a definition, in its stored version. */
    private static ApiKind definedKind(JsonObject spec) {
        String version = spec.getAsJsonArray("versions").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(each -> each.get("storage").getAsBoolean())
                .findFirst()
                .orElseThrow()
                .get("name")
                .getAsString();
        JsonObject names = spec.getAsJsonObject("names");
        return new ApiKind(
                spec.get("group").getAsString(),
                version,
                names.get("kind").getAsString(),
                names.get("plural").getAsString());
    }

    private static JsonObject parse(String yaml) {
        return new Gson().toJsonTree(new Yaml().<Map<String, Object>>load(yaml)).getAsJsonObject();
    }

    /** A real API server does not empty the deleted namespaces of tests. */
    private void removeObjectsOfEndedTests() throws IOException {
        Set<String> ended = new HashSet<>();
        for (JsonObject metadata : metadata(NAMESPACE)) {
            String name = metadata.get("name").getAsString();
            if (name.startsWith(TEST_NAMESPACE) && metadata.has("deletionTimestamp")) {
                ended.add(name);
            }
        }
        if (!ended.isEmpty()) {
            remove(ArtifactGenerator.TYPE.kind(), ended);
            remove(ExternalArtifact.TYPE.kind(), ended);
        }
    }

    private void remove(ApiKind kind, Set<String> namespaces) throws IOException {
        for (JsonObject metadata : metadata(kind)) {
            String namespace = metadata.get("namespace").getAsString();
            if (namespaces.contains(namespace)) {
                ObjectKey key = new ObjectKey(namespace, metadata.get("name").getAsString());
                if (metadata.has("finalizers")) {
                    edit(kind, key, "{\"metadata\":{\"finalizers\":null}}");
                }
                requests.delete(kind, key, metadata.get("uid").getAsString());
            }
        }
    }

    private List<JsonObject> metadata(ApiKind kind) throws IOException {
        return requests.list(kind, "", Map.of(), JsonObject.class).getAsJsonArray("items").asList().stream()
                .map(item -> item.getAsJsonObject().getAsJsonObject("metadata"))
                .toList();
    }

    void apply(String yaml) throws IOException {
        JsonObject object = parse(yaml);
        JsonObject metadata = object.getAsJsonObject("metadata");
        String namespace = metadata.has("namespace") ? metadata.get("namespace").getAsString() : "";
        ObjectKey key = new ObjectKey(namespace, metadata.get("name").getAsString());
        ApiKind kind = kind(object.get("kind").getAsString());
        if (kind.equals(CRD)) {
            WITH_CRDS.clear();
        }
        requests.apply(ResourcePath.of(kind, key), "test", object, JsonObject.class);
    }

    /** Edits an object as kubectl would, with another field manager. */
    void edit(ApiKind kind, ObjectKey key, String mergePatchJson) throws IOException {
        requests.mergePatch(
                ResourcePath.of(kind, key),
                "kubectl-edit",
                new Gson().fromJson(mergePatchJson, JsonObject.class),
                JsonObject.class);
    }

    Optional<ArtifactGenerator> generator(ObjectKey key) throws IOException {
        return requests.get(ArtifactGenerator.TYPE.kind(), key, ArtifactGenerator.class);
    }

    Optional<ExternalArtifact> externalArtifact(ObjectKey key) throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), key, ExternalArtifact.class);
    }

    /** Counts the writes of the generator since this resource version. */
    int changes(ObjectKey generator, String sinceVersion) throws IOException {
        ListOptions options = new ListOptions();
        options.setResourceVersion(sinceVersion);
        options.setFieldSelector("metadata.name=" + generator.name());
        options.setTimeoutSeconds(1);
        int changes = 0;
        try (Watchable<ArtifactGenerator> watch =
                ArtifactGenerator.TYPE.api(client).watch(generator.namespace(), options)) {
            while (watch.hasNext()) {
                changes += watch.next().type.equals("MODIFIED") ? 1 : 0;
            }
        } catch (ApiException e) {
            throw new IOException("cannot watch generators", e);
        }
        return changes;
    }

    void deleteGenerator(ObjectKey key) throws IOException {
        String uid = generator(key).orElseThrow().metadata().getUid();
        requests.delete(ArtifactGenerator.TYPE.kind(), key, uid);
    }

    void deleteExternalArtifact(ObjectKey key) throws IOException {
        String uid = externalArtifact(key).orElseThrow().metadata().getUid();
        requests.delete(ExternalArtifact.TYPE.kind(), key, uid);
    }

    /** The events of this generator as type, reason and message. */
    List<String> events(ObjectKey generator) throws IOException {
        try {
            return new CoreV1Api(client)
                    .listNamespacedEvent(generator.namespace()).execute().getItems().stream()
                            .filter(event -> "ArtifactGenerator"
                                    .equals(event.getInvolvedObject().getKind()))
                            .filter(event -> generator
                                    .name()
                                    .equals(event.getInvolvedObject().getName()))
                            .map(event -> "%s %s %s".formatted(event.getType(), event.getReason(), event.getMessage()))
                            .toList();
        } catch (ApiException e) {
            throw new IOException("cannot list events", e);
        }
    }

    private static ApiKind kind(String name) {
        return KINDS.stream()
                .filter(kind -> kind.kind().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
