package dev.sluice.examples.release;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** An upstream server with releases below {@code /v<version>/}. */
final class UpstreamServer implements AutoCloseable {

    private final HttpServer server;
    private final String scheme;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable String authorization;
    private volatile boolean gone;

    private UpstreamServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::answer);
        server.start();
    }

    static UpstreamServer http() throws IOException {
        return new UpstreamServer(HttpServer.create(loopback(), 0), "http");
    }

    /** Requests a certificate from every client. */
    static UpstreamServer https(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = context.getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        return new UpstreamServer(server, "https");
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/v{version}";
    }

    void requireAuthorization(String value) {
        authorization = value;
    }

    /** Turns 503 responses to all requests on or off. */
    void setGone(boolean value) {
        gone = value;
    }

    /** The requested paths in order. */
    List<String> requests() {
        return requests;
    }

    /** Adds a release with one manifest in a versioned directory, like common release archives. */
    void release(String version, String manifest) throws IOException {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("app-" + version + "/deploy/app.yaml"), file(manifest))
                .putFile(TreePath.of("app-" + version + "/README.md"), file("read me"))
                .build();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(tree, archive);
        put(version, "app-" + version + ".tar.gz", archive.toByteArray());
        checksums(version, Digest.ofBytes(DigestAlgorithm.SHA256, archive.toByteArray()));
    }

    void checksums(String version, Digest digest) {
        put(version, "SHA256SUMS", text(digest.hex() + "  app-" + version + ".tar.gz\n"));
    }

    /** Returns the correct checksum. */
    Digest digest(String version) {
        return Digest.ofBytes(DigestAlgorithm.SHA256, archive(version));
    }

    /** Returns the release's file. */
    byte[] archive(String version) {
        return Objects.requireNonNull(files.get("/v" + version + "/app-" + version + ".tar.gz"));
    }

    void put(String version, String name, byte[] content) {
        files.put("/v" + version + "/" + name, content);
    }

    private static FileEntry file(String content) {
        return FileEntry.of(false, text(content));
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            byte[] content = files.get(path);
            String sent = exchange.getRequestHeaders().getFirst("Authorization");
            if (gone) {
                exchange.sendResponseHeaders(503, -1);
            } else if (authorization != null && !authorization.equals(sent)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
