package dev.sluice.examples.watcher;

import com.google.gson.JsonObject;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.yaml.snakeyaml.Yaml;

/** A fake source-controller: serves real archives under their cluster address. */
final class Repositories implements AutoCloseable {

    private static final String IN_CLUSTER = "source-controller.flux-system.svc.cluster.local.";
    private static final ApiKind CRD =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");

    private final ApiRequests requests;
    private final ArtifactServer server;
    private final ArtifactStorage storage;

    Repositories(ApiClient client, Path volume, BooleanSupplier gate) throws IOException {
        ToolkitJson.install();
        this.requests = new ApiRequests(client, Duration.ofSeconds(30));
        this.server = ArtifactServer.open(
                ArtifactServerOptions.of(volume, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withGate(gate));
        this.storage = new ArtifactStorage(StorageOptions.of(volume, IN_CLUSTER), Clock.systemUTC());
    }

    /** The address that {@code kubectl port-forward} provides in the guide. */
    String localAddress() {
        return "127.0.0.1:" + server.address().getPort();
    }

    void installDefinition() throws IOException {
        Map<String, Object> definition = new Yaml().load(ToolkitCrds.manifest("gitrepositories"));
        try {
            requests.create(CRD, new ObjectKey("", "gitrepositories"), definition, JsonObject.class);
        } catch (ApiRequestException e) {
            if (!e.isConflict()) {
                throw e;
            }
        }
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> requests.list(GitRepository.TYPE.kind(), "", Map.of(), JsonObject.class) != null);
    }

    void create(ObjectKey key) throws IOException {
        Map<String, Object> repository = new Yaml().load("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: %s, namespace: %s}
                spec: {interval: 1m, url: "https://example.com/repo"}
                """.formatted(key.name(), key.namespace()));
        requests.create(GitRepository.TYPE.kind(), key, repository, JsonObject.class);
    }

    /** Stores an archive with one file without announcing it. */
    Artifact store(ObjectKey key, String revision, String path) throws IOException {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of(path), FileEntry.of(false, revision.getBytes(StandardCharsets.UTF_8)))
                .build();
        String file = revision.replaceAll("[^a-z0-9]", "-") + ".tar.gz";
        return storage.archive(storage.newArtifact("GitRepository", key.namespace(), key.name(), revision, file), tree);
    }

    void remove(Artifact artifact) throws IOException {
        storage.remove(artifact);
    }

    /** Announces an artifact in the status, whether or not its file exists. */
    void offer(ObjectKey key, Artifact artifact, String message) throws IOException {
        Artifact wholeSeconds = artifact.withLastUpdateTime(
                Objects.requireNonNull(artifact.lastUpdateTime()).truncatedTo(ChronoUnit.SECONDS));
        V1Condition ready = new V1Condition()
                .type("Ready")
                .status("True")
                .reason("Succeeded")
                .message(message)
                .lastTransitionTime(OffsetDateTime.of(2026, 7, 1, 10, 0, 0, 0, ZoneOffset.UTC));
        JsonObject body = new JsonObject();
        body.add("status", ToolkitJson.gson().toJsonTree(new ExternalArtifactStatus(List.of(ready), wholeSeconds)));
        ResourcePath path = ResourcePath.of(GitRepository.TYPE.kind(), key).subresource("status");
        requests.mergePatch(path, "source-controller", body, JsonObject.class);
    }

    @Override
    public void close() {
        server.close();
    }
}
