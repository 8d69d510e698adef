package dev.sluice.kubeapi;

import dev.sluice.kubeapi.access.AccessReviewRoutes;
import dev.sluice.kubeapi.builtin.BuiltIns;
import dev.sluice.kubeapi.crd.Definitions;
import dev.sluice.kubeapi.discovery.DiscoveryRoutes;
import dev.sluice.kubeapi.fault.FaultFilter;
import dev.sluice.kubeapi.fault.Faults;
import dev.sluice.kubeapi.lifecycle.DeletionController;
import dev.sluice.kubeapi.lifecycle.EventExpiry;
import dev.sluice.kubeapi.openapi.OpenApiRoutes;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.rest.ResourceRoutes;
import dev.sluice.kubeapi.server.HttpServer;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.watch.Watches;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A running in-memory Kubernetes API on the loopback address, over plain HTTP, without authentication. Thread-safe.
 *
 * <pre>{@code
 * try (KubeApi api = KubeApi.start(KubeApiOptions.defaults())) {
 *     ApiClient client = Config.fromUrl(api.url().toString(), false);
 * }
 * }</pre>
 */
public final class KubeApi implements AutoCloseable {

    private final HttpServer server;

    /** In closing order. */
    private final List<Closeable> parts;

    private final Faults faults;

    private KubeApi(HttpServer server, Faults faults, List<Closeable> parts) {
        this.server = server;
        this.faults = faults;
        this.parts = List.copyOf(parts);
    }

    /**
     * Starts the API; returns when it answers requests.
     *
     * @throws IOException if the data directory is unusable or in use, or its journal is corrupt
     * @throws org.springframework.boot.web.server.PortInUseException if the port is in use
     */
    public static KubeApi start(KubeApiOptions options) throws IOException {
        List<Closeable> parts = new ArrayList<>();
        try {
            return start(options, parts);
        } catch (IOException | RuntimeException e) {
            closeAll(parts, e);
            throw e;
        }
    }

    /** Adds everything that must be closed to {@code parts}, in reverse order. */
    private static KubeApi start(KubeApiOptions options, List<Closeable> parts) throws IOException {
        Clock clock = options.clock();
        Store store = added(parts, store(options));
        ResourceRegistry registry = new ResourceRegistry(BuiltIns.all());
        Definitions definitions = new Definitions(store, registry, clock);
        InitialObjects.create(store, registry, clock);
        registry.all().forEach(resource -> store.open(resource.storageName()));
        added(parts, new DeletionController(store, registry, clock));
        added(parts, new EventExpiry(store, clock));
        Watches watches = new Watches(store, options.bookmarkInterval());
        definitions.onRemoval(watches::endResource);
        Faults faults = new Faults(store, watches, clock);
        RouterFunction<ServerResponse> routes = new DiscoveryRoutes(registry)
                .routes()
                .and(new OpenApiRoutes(registry).routes())
                .and(new AccessReviewRoutes().routes())
                .and(new ResourceRoutes(registry, store, watches, clock).routes());
        HttpServer server = added(parts, listen(options, routes, faults, watches));
        added(parts, watches); // its streams must end before the server stops, because the server waits for them
        faults.listener(server);
        return new KubeApi(server, faults, parts);
    }

    private static HttpServer listen(
            KubeApiOptions options, RouterFunction<ServerResponse> routes, Faults faults, Watches watches) {
        try {
            return HttpServer.start(options.port(), routes, new FaultFilter(faults));
        } catch (RuntimeException e) {
            watches.close();
            throw e;
        }
    }

    private static Store store(KubeApiOptions options) throws IOException {
        return options.dataDirectory().isPresent()
                ? Store.persistent(options.dataDirectory().get(), options.historyLimit())
                : Store.inMemory(options.historyLimit());
    }

    private static <T extends Closeable> T added(List<Closeable> parts, T part) {
        parts.add(0, part);
        return part;
    }

    private static void closeAll(List<Closeable> parts, Exception failure) {
        for (Closeable part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** The fault injection and the request log. */
    public Faults faults() {
        return faults;
    }

    /** The base URL, without a trailing slash. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** A kubeconfig with this API as its only context. */
    public String kubeconfig() {
        return Kubeconfigs.of(url());
    }

    /** Writes {@link #kubeconfig()} to a file and replaces an existing file. */
    public void writeKubeconfig(Path file) throws IOException {
        Files.writeString(file, kubeconfig());
    }

    @Override
    public void close() throws IOException {
        for (Closeable part : parts) {
            part.close();
        }
    }
}
