package dev.sluice.examples.release;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.yaml.snakeyaml.Yaml;

/** The operations of tests on the cluster. */
final class Cluster {

    static final Path MANIFESTS = Path.of("manifests");
    static final ApiKind SECRET = new ApiKind("", "v1", "Secret", "secrets");
    private static final ApiKind EVENT = new ApiKind("", "v1", "Event", "events");
    private static final ApiKind CRD =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");
    private static final List<ApiKind> KINDS =
            List.of(CRD, SECRET, ProjectRelease.TYPE.kind(), ExternalArtifact.TYPE.kind());

    private final ApiRequests requests;

    Cluster(ApiClient client) {
        ToolkitJson.install();
        this.requests = new ApiRequests(client, Duration.ofSeconds(30));
    }

    /** Installs the CRDs and waits until they are served. */
    void installDefinitions() throws IOException {
        apply(Files.readString(MANIFESTS.resolve("crd.yaml")));
        apply(ToolkitCrds.manifest("externalartifacts"));
        for (ApiKind kind : List.of(ProjectRelease.TYPE.kind(), ExternalArtifact.TYPE.kind())) {
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> requests.list(kind, "", Map.of(), JsonObject.class) != null);
        }
    }

    void apply(String yaml) throws IOException {
        JsonObject object = new Gson()
                .toJsonTree(new Yaml().<Map<String, Object>>load(yaml))
                .getAsJsonObject();
        JsonObject metadata = object.getAsJsonObject("metadata");
        String namespace = metadata.has("namespace") ? metadata.get("namespace").getAsString() : "";
        ObjectKey key = new ObjectKey(namespace, metadata.get("name").getAsString());
        ApiKind kind = KINDS.stream()
                .filter(one -> one.kind().equals(object.get("kind").getAsString()))
                .findFirst()
                .orElseThrow();
        requests.apply(ResourcePath.of(kind, key), "test", object, JsonObject.class);
    }

    void secret(ObjectKey key, Map<String, String> data) throws IOException {
        JsonObject object = new JsonObject();
        object.addProperty("apiVersion", "v1");
        object.addProperty("kind", "Secret");
        JsonObject metadata = new JsonObject();
        metadata.addProperty("namespace", key.namespace());
        metadata.addProperty("name", key.name());
        object.add("metadata", metadata);
        object.add("stringData", new Gson().toJsonTree(data));
        requests.apply(ResourcePath.of(SECRET, key), "test", object, JsonObject.class);
    }

    void delete(ObjectKey release) throws IOException {
        String uid = release(release).orElseThrow().metadata().getUid();
        requests.delete(ProjectRelease.TYPE.kind(), release, uid);
    }

    void deleteArtifact(ObjectKey key) throws IOException {
        String uid = artifact(key).orElseThrow().metadata().getUid();
        requests.delete(ExternalArtifact.TYPE.kind(), key, uid);
    }

    Optional<ProjectRelease> release(ObjectKey key) throws IOException {
        return requests.get(ProjectRelease.TYPE.kind(), key, ProjectRelease.class);
    }

    Optional<ExternalArtifact> artifact(ObjectKey key) throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), key, ExternalArtifact.class);
    }

    /** Returns conditions as {@code Type=Status Reason}. */
    static List<String> conditions(List<V1Condition> conditions) {
        return conditions.stream()
                .map(condition -> condition.getType() + "=" + condition.getStatus() + " " + condition.getReason())
                .toList();
    }

    /** Returns the message of the condition Ready. */
    static String message(ProjectRelease release) {
        return release.condition(ConditionTypes.READY)
                .map(V1Condition::getMessage)
                .orElse("");
    }

    /** Returns all objects that the controller may have written, except Secrets, as JSON. */
    String everythingWritten(String namespace) throws IOException {
        StringBuilder all = new StringBuilder();
        for (ApiKind kind : List.of(ProjectRelease.TYPE.kind(), ExternalArtifact.TYPE.kind(), EVENT)) {
            all.append(requests.list(kind, namespace, Map.of(), JsonObject.class));
        }
        return all.toString();
    }

    /** Returns type, reason and message of each event. */
    List<String> events(String namespace) throws IOException {
        return requests.list(EVENT, namespace, Map.of(), JsonObject.class).getAsJsonArray("items").asList().stream()
                .map(item -> item.getAsJsonObject())
                .map(event -> event.get("type").getAsString() + " "
                        + event.get("reason").getAsString() + " "
                        + event.get("message").getAsString())
                .toList();
    }
}
