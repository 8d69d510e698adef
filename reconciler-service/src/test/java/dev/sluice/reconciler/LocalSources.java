package dev.sluice.reconciler;

import com.google.gson.JsonObject;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import dev.sluice.toolkit.source.GitRepository;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Plays source-controller: real archives on a real HTTP server, published in the status of GitRepositories. */
final class LocalSources implements AutoCloseable {

    private final Cluster cluster;
    private final ArtifactServer server;
    private final ArtifactStorage storage;

    LocalSources(Cluster cluster, Path directory) throws IOException {
        this(cluster, directory, "http", options -> options);
    }

    /** Serves as the options say; the URLs of the sources have this scheme. */
    LocalSources(Cluster cluster, Path directory, String scheme, UnaryOperator<ArtifactServerOptions> options)
            throws IOException {
        this.cluster = cluster;
        this.server = ArtifactServer.open(options.apply(
                ArtifactServerOptions.of(directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))));
        String address = scheme + "://127.0.0.1:" + server.address().getPort();
        this.storage = new ArtifactStorage(StorageOptions.of(directory, address), Clock.systemUTC());
    }

    static FileTree tree(Map<String, String> files) throws IOException {
        FileTree.Builder builder = FileTree.builder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            builder.putFile(
                    TreePath.of(file.getKey()),
                    FileEntry.of(false, file.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        return builder.build();
    }

    /** The digest of a stored file in the format of an artifact. */
    static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.ofStream(DigestAlgorithm.SHA256, in).toString();
        }
    }

    /** Creates the object if it is missing, and publishes these files with this revision. */
    Artifact publish(ObjectKey key, String revision, Map<String, String> files) throws IOException {
        Artifact artifact = store(key, revision, files);
        offer(key, artifact);
        return artifact;
    }

    /** Stores the files without publishing them. */
    Artifact store(ObjectKey key, String revision, Map<String, String> files) throws IOException {
        return store(key, revision, tree(files));
    }

    Artifact store(ObjectKey key, String revision, FileTree files) throws IOException {
        String file = revision.replaceAll("[^a-z0-9]", "-") + ".tar.gz";
        return storage.archive(
                storage.newArtifact("GitRepository", key.namespace(), key.name(), revision, file), files);
    }

    /** Publishes an artifact, whether or not its file exists. */
    void offer(ObjectKey key, Artifact artifact) throws IOException {
        create(key);
        Artifact wholeSeconds = new Artifact(
                artifact.path(),
                artifact.url(),
                artifact.revision(),
                artifact.digest(),
                Objects.requireNonNull(artifact.lastUpdateTime()).truncatedTo(ChronoUnit.SECONDS),
                artifact.size(),
                artifact.metadata());
        JsonObject body = new JsonObject();
        body.add("status", ToolkitJson.gson().toJsonTree(new ExternalArtifactStatus(List.of(), wholeSeconds)));
        ResourcePath path = ResourcePath.of(GitRepository.TYPE.kind(), key).subresource("status");
        cluster.requests().mergePatch(path, "test", body, JsonObject.class);
    }

    /** Creates a source without artifact. */
    void create(ObjectKey key) throws IOException {
        cluster.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: %s, namespace: %s}
                spec: {interval: 1m, url: "https://example.com/repo"}
                """.formatted(key.name(), key.namespace()));
    }

    @Override
    public void close() {
        server.close();
    }
}
