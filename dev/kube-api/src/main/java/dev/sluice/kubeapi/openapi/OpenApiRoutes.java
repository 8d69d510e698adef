package dev.sluice.kubeapi.openapi;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.status.ApiException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Routes for {@code /openapi/v3} in JSON, and a minimal {@code /openapi/v2} in protobuf. */
public final class OpenApiRoutes {

    private final ResourceRegistry registry;

    public OpenApiRoutes(ResourceRegistry registry) {
        this.registry = registry;
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/openapi/v2", OpenApiRoutes::swagger)
                .GET("/openapi/v3", request -> Answers.tree(request, 200, index()))
                .GET("/openapi/v3/api/{version}", request -> document(request, ""))
                .GET("/openapi/v3/apis/{group}/{version}", request -> document(request, request.pathVariable("group")))
                .build();
    }

    private static ServerResponse swagger(ServerRequest request) {
        return Answers.accept(request)
                .choose(
                        range -> range.type().equals(SwaggerProtobuf.ACCEPTED)
                                ? Optional.of(Answers.bytes(
                                        200, SwaggerProtobuf.MEDIA_TYPE, SwaggerProtobuf.head(), List.of()))
                                : Optional.empty(),
                        SwaggerProtobuf.ACCEPTED);
    }

    private ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        entry(paths, "api/v1");
        for (String group : registry.groups()) {
            registry.versions(group).forEach(version -> entry(paths, "apis/" + group + "/" + version));
        }
        return index;
    }

    private static void entry(ObjectNode paths, String path) {
        paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
    }

    private ServerResponse document(ServerRequest request, String group) {
        List<Endpoint> endpoints = registry.in(group, request.pathVariable("version"));
        if (endpoints.isEmpty()) {
            throw ApiException.noSuchPath();
        }
        return Answers.tree(request, 200, OpenApiDocument.of(endpoints));
    }
}
