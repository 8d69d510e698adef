package dev.sluice.deploy;

import com.google.gson.Gson;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;

/** A fake source-controller that publishes files as the artifact of a GitRepository. */
final class FakeSources implements AutoCloseable {

    private final RealCluster cluster;
    private final ArtifactServer server;
    private final ArtifactStorage storage;

    FakeSources(RealCluster cluster, Path directory) throws IOException {
        this.cluster = cluster;
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = ArtifactServer.open(ArtifactServerOptions.of(directory, anyPort));
        String address = "127.0.0.1:" + server.address().getPort();
        storage = new ArtifactStorage(StorageOptions.of(directory, address), Clock.systemUTC());
    }

    void offer(String namespace, String name, String revision, Map<String, String> files) throws IOException {
        FileTree.Builder tree = FileTree.builder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            tree.putFile(
                    TreePath.of(file.getKey()),
                    FileEntry.of(false, file.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        String fileName = revision.replaceAll("[^a-z0-9]", "-") + ".tar.gz";
        Artifact artifact = storage.archive(
                storage.newArtifact("GitRepository", namespace, name, revision, fileName), tree.build());
        cluster.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: %s, namespace: %s}
                spec: {interval: 1m, url: "https://example.com/repo"}
                """.formatted(name, namespace)).orFail();
        cluster.kubectl(
                        "-n",
                        namespace,
                        "patch",
                        "gitrepository",
                        name,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        new Gson().toJson(Map.of("status", Map.of("artifact", fields(artifact)))))
                .orFail();
    }

    private static Map<String, Object> fields(Artifact artifact) {
        return Map.of(
                "path", artifact.path(),
                "url", artifact.url(),
                "revision", artifact.revision(),
                "digest", Objects.requireNonNull(artifact.digest()),
                "size", artifact.size(),
                "lastUpdateTime",
                        Objects.requireNonNull(artifact.lastUpdateTime())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
