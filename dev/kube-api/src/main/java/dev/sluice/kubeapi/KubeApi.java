package dev.sluice.kubeapi;

import dev.sluice.kubeapi.builtin.BuiltIns;
import dev.sluice.kubeapi.crd.Definitions;
import dev.sluice.kubeapi.discovery.DiscoveryRoutes;
import dev.sluice.kubeapi.openapi.OpenApiRoutes;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.rest.ResourceRoutes;
import dev.sluice.kubeapi.server.HttpServer;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.watch.Watches;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Store store;
    private final Watches watches;
    private final HttpServer server;

    private KubeApi(Store store, Watches watches, HttpServer server) {
        this.store = store;
        this.watches = watches;
        this.server = server;
    }

    /**
     * Starts and returns when requests are answered.
     *
     * @throws IOException when the data directory cannot be used, is in use, or holds a damaged journal
     * @throws org.springframework.boot.web.server.PortInUseException when the port is taken
     */
    public static KubeApi start(KubeApiOptions options) throws IOException {
        Store store = options.dataDirectory().isPresent()
                ? Store.persistent(options.dataDirectory().get(), options.historyLimit())
                : Store.inMemory(options.historyLimit());
        ResourceRegistry registry = new ResourceRegistry(BuiltIns.all());
        new Definitions(store, registry, options.clock());
        InitialObjects.create(store, registry, options.clock());
        Watches watches = new Watches(store, options.bookmarkInterval());
        RouterFunction<ServerResponse> routes = new DiscoveryRoutes(registry)
                .routes()
                .and(new OpenApiRoutes(registry).routes())
                .and(new ResourceRoutes(registry, store, watches, options.clock()).routes());
        HttpServer server = HttpServer.start(
                options.port(), routes, (request, response, chain) -> chain.doFilter(request, response));
        return new KubeApi(store, watches, server);
    }

    /** Where it listens, without a trailing slash. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** A kubeconfig whose only context is this API. */
    public String kubeconfig() {
        return Kubeconfigs.of(url());
    }

    /** Writes {@link #kubeconfig()}, replacing the file. */
    public void writeKubeconfig(Path file) throws IOException {
        Files.writeString(file, kubeconfig());
    }

    @Override
    public void close() throws IOException {
        watches.close();
        server.close();
        store.close();
    }
}
