package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.http.Bodies;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.resource.ServedVersion;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.io.IOException;
import java.util.List;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Dispatches a request for a resource to its verb. */
final class ResourceDispatcher {

    private final ResourceRegistry registry;
    private final Store store;
    private final Verbs verbs;

    ResourceDispatcher(ResourceRegistry registry, Store store, Verbs verbs) {
        this.registry = registry;
        this.store = store;
        this.verbs = verbs;
    }

    ServerResponse handle(ServerRequest request) throws IOException {
        ResourcePathInfo path =
                ResourcePathInfo.parse(request.servletRequest().getRequestURI()).orElseThrow(ApiException::noSuchPath);
        Endpoint endpoint =
                registry.find(path.group(), path.version(), path.resource()).orElseThrow(ApiException::noSuchPath);
        Call call = new Call(request, path, endpoint);
        requireServed(call);
        String method = request.method().name();
        return path.name().isEmpty() ? collection(call, method) : item(call, method);
    }

    private static void requireServed(Call call) {
        ResourcePathInfo path = call.path();
        boolean namespaced = call.resource().namespaced();
        boolean scopeFits =
                path.name().isEmpty() ? namespaced || !path.namespaceSet() : namespaced == path.namespaceSet();
        boolean known = path.subresource().isEmpty()
                || (call.status() && call.endpoint().version().status());
        if (!scopeFits || !known) {
            throw ApiException.noSuchPath();
        }
    }

    private ServerResponse collection(Call call, String method) throws IOException {
        return switch (method) {
            case "GET" -> list(call);
            case "POST" -> create(call);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private ServerResponse item(Call call, String method) throws IOException {
        return switch (method) {
            case "GET" -> get(call);
            case "PUT" -> verbs.presenter().written(call, update(call));
            case "PATCH" -> verbs.presenter().written(call, verbs.patcher().patch(call));
            case "DELETE" -> delete(call);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private ServerResponse list(Call call) {
        ServedVersion version = call.endpoint().version();
        ListOptions options = ListOptions.parse(call.query(), version.selectableFields());
        if (options.watch()) {
            return verbs.watchOpener().watch(call, options);
        }
        call.wantsTable(); // fails before the write if no format is acceptable
        return verbs.presenter()
                .list(call, verbs.lister().list(call.endpoint(), call.path().namespace(), options));
    }

    private ServerResponse get(Call call) {
        StoredObject object = store.get(call.endpoint().storageName(), call.key());
        if (object == null) {
            throw call.notFound();
        }
        return verbs.presenter().object(call, 200, call.endpoint().tree(object), List.of());
    }

    private ServerResponse create(Call call) throws IOException {
        if (call.resource().namespaced() && !call.path().namespaceSet()) {
            throw ApiException.methodNotAllowed();
        }
        WriteOptions options = WriteOptions.parse(call.query(), "CreateOptions");
        call.wantsTable(); // fails before the write if no format is acceptable
        ObjectNode body = Bodies.object(call.servlet());
        return verbs.presenter()
                .written(
                        call,
                        verbs.creator().create(call.endpoint(), call.path().namespace(), body, options));
    }

    private Written update(Call call) throws IOException {
        WriteOptions options = WriteOptions.parse(call.query(), "UpdateOptions");
        call.wantsTable(); // fails before the write if no format is acceptable
        return verbs.updater().update(call, Bodies.object(call.servlet()), options);
    }

    private ServerResponse delete(Call call) throws IOException {
        if (!call.path().subresource().isEmpty()) {
            throw ApiException.methodNotAllowed();
        }
        Deleter.Deletion deletion =
                verbs.deleter().delete(call.endpoint(), call.key(), DeleteOptions.parse(call.query()));
        return deletion.finished()
                ? Answers.tree(call.request(), 200, deletion.gone())
                : verbs.presenter().object(call, 200, deletion.gone(), List.of());
    }
}
