package dev.sluice.test;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.controller.apply.ApplyBody;
import dev.sluice.controller.apply.ServerSideApplier;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for the servers that a controller downloads from: source-controller with its GitRepositories, and any HTTP
 * server. Serves on loopback, over plain HTTP. Thread-safe.
 */
public final class FakeSources implements AutoCloseable {

    private static final ApiKind REPOSITORY = GitRepository.TYPE.kind();

    private final HttpServer server;
    private final ServerSideApplier apply;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> downloads = new ConcurrentHashMap<>();

    private FakeSources(HttpServer server, ServerSideApplier apply) {
        this.server = server;
        this.apply = apply;
    }

    /**
     * Starts the server.
     *
     * @param client for GitRepositories; their definition must be installed before the first one is published
     */
    public static FakeSources start(ApiClient client) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ServerSideApplier apply =
                new ServerSideApplier(new ApiRequests(client, Duration.ofSeconds(30)), "fake-source-controller");
        FakeSources sources = new FakeSources(server, apply);
        server.createContext("/", sources::answer);
        DaemonThreads.runAndWait(server::start);
        return sources;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] content = files.get(path);
            downloads.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /**
     * Serves a file.
     *
     * @param path starts with a slash
     * @return its URL
     * @throws IllegalArgumentException if the path does not start with a slash
     */
    public String serve(String path, byte[] content) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("invalid path '" + path + "': must start with a slash");
        }
        files.put(path, content.clone());
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Responds 404 for a path again. */
    public void remove(String path) {
        files.remove(path);
    }

    /** Returns how often a path was requested. */
    public int requests(String path) {
        AtomicInteger count = downloads.get(path);
        return count == null ? 0 : count.get();
    }

    /** Returns a tar.gz archive with these texts by their paths. The same texts have the same bytes. */
    public static byte[] archive(Map<String, String> texts) throws IOException {
        FileTree.Builder tree = FileTree.builder();
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            tree.putFile(
                    TreePath.of(text.getKey()),
                    FileEntry.of(false, text.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarGzWriter.write(tree.build(), out);
        return out.toByteArray();
    }

    /** Returns the hexadecimal SHA-256. */
    public static String sha256(byte[] content) {
        return Digest.ofBytes(DigestAlgorithm.SHA256, content).hex();
    }

    /**
     * Publishes an artifact of a GitRepository as source-controller does: creates the object if there is none, and sets
     * its artifact and the condition Ready.
     *
     * @param revision such as {@code main@sha1:5394cb7f48332b2de7c17dd8b8384bbc84b7e738}
     * @param texts the files of the artifact by their paths
     * @return the object
     */
    public GitRepository publish(ObjectKey repository, String revision, Map<String, String> texts) throws IOException {
        byte[] archive = archive(texts);
        String path =
                "gitrepository/%s/%s/%s.tar.gz".formatted(repository.namespace(), repository.name(), sha256(archive));
        String url = serve("/" + path, archive);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        apply.apply(
                ApplyBody.of(REPOSITORY, repository)
                        .with("spec", Map.of("url", "https://git.invalid/" + repository.name(), "interval", "1h")),
                JsonObject.class);
        Map<String, Object> artifact = Map.of(
                "digest", "sha256:" + sha256(archive),
                "lastUpdateTime", now,
                "path", path,
                "revision", revision,
                "size", archive.length,
                "url", url);
        return apply.applyStatus(
                ApplyBody.of(REPOSITORY, repository)
                        .with("status", Map.of("artifact", artifact, "conditions", List.of(ready(revision, now)))),
                GitRepository.class);
    }

    private static Map<String, Object> ready(String revision, String now) {
        return Map.of(
                "type", "Ready",
                "status", "True",
                "reason", "Succeeded",
                "message", "stored artifact for revision '" + revision + "'",
                "lastTransitionTime", now);
    }

    /** Stops the server; objects stay. */
    @Override
    public void close() {
        server.stop(0);
    }
}
