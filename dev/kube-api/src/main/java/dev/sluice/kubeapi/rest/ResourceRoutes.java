package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.table.Tables;
import dev.sluice.kubeapi.watch.Watches;
import java.time.Clock;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Routes all requests below {@code /api/v1} and {@code /apis}; resources are looked up per request. */
public final class ResourceRoutes {

    private final ResourceDispatcher resources;

    public ResourceRoutes(ResourceRegistry registry, Store store, Watches watches, Clock clock) {
        Tables tables = new Tables(clock);
        Preparation preparation = new Preparation(clock);
        FieldTracking ownership = new FieldTracking(clock);
        Creator creator = new Creator(store, preparation, ownership, new NamespaceGate(store));
        Updater updater = new Updater(store, preparation, ownership);
        this.resources = new ResourceDispatcher(
                registry,
                store,
                new Verbs(
                        new Presenter(tables),
                        new Lister(store),
                        new WatchOpener(store, watches, tables),
                        creator,
                        updater,
                        new Patcher(store, preparation, ownership, creator, updater),
                        new Deleter(store, preparation)));
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route(
                RequestPredicates.path("/api/**").or(RequestPredicates.path("/apis/**")), resources::handle);
    }
}
