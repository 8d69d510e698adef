package dev.sluice.server;

import static org.awaitility.Awaitility.await;

import dev.sluice.runtime.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the application in this JVM, on free loopback ports. */
public final class RunningServer implements AutoCloseable {

    private static final String IDENTITY = "id=%s\nlayout=1\n";

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Writes the volume's identity file and serves the directory. */
    static RunningServer start(Path volume, String... arguments) throws IOException {
        identify(volume, "test-volume");
        RunningServer server = startUnidentified(volume, arguments);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.management("/readyz").statusCode() == 200);
        return server;
    }

    /** Serves the directory unchanged. */
    static RunningServer startUnidentified(Path volume, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--storage-path=" + volume, "--storage-addr=127.0.0.1:0", "--management-addr=127.0.0.1:0"));
        all.addAll(List.of(arguments));
        return new RunningServer(Service.of(ArtifactServerApplication.class, ArtifactServerFlags.all())
                .start(all.toArray(String[]::new)));
    }

    static void identify(Path volume, String id) throws IOException {
        Files.createDirectories(volume);
        Files.writeString(volume.resolve(".sluice-volume"), IDENTITY.formatted(id));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port("local.server.port"));
    }

    /** GET on the management port. */
    HttpResponse<String> management(String path) throws IOException {
        return get(port("local.management.port"), path);
    }

    /** GET on the artifact port. */
    HttpResponse<String> artifacts(String path) throws IOException {
        return get(port("local.server.port"), path);
    }

    private HttpResponse<String> get(int port, String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
