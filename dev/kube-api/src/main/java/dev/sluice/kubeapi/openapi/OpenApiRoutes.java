package dev.sluice.kubeapi.openapi;

import dev.sluice.kubeapi.http.Accept;
import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.http.Encoding;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.status.ApiException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /openapi/v3} and {@code /openapi/v2}, in JSON; of v2 in protobuf the head alone. */
public final class OpenApiRoutes {

    private final OpenApiDocuments documents;

    public OpenApiRoutes(ResourceRegistry registry) {
        this.documents = new OpenApiDocuments(registry);
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/openapi/v2", this::swagger)
                .GET("/openapi/v3", request -> Answers.tree(request, 200, documents.index()))
                .GET("/openapi/v3/api/{version}", request -> document(request, ""))
                .GET("/openapi/v3/apis/{group}/{version}", request -> document(request, request.pathVariable("group")))
                .build();
    }

    private ServerResponse swagger(ServerRequest request) {
        return Answers.accept(request)
                .choose(this::swagger, Encoding.JSON.mediaType() + ", " + SwaggerProtobuf.ACCEPTED);
    }

    private Optional<ServerResponse> swagger(Accept.Range range) {
        if (range.type().equals(SwaggerProtobuf.ACCEPTED)) {
            return Optional.of(Answers.bytes(200, SwaggerProtobuf.MEDIA_TYPE, SwaggerProtobuf.head(), List.of()));
        }
        return range.isJson()
                ? Optional.of(Answers.bytes(
                        200, Encoding.JSON.mediaType(), Encoding.JSON.bytes(documents.swagger()), List.of()))
                : Optional.empty();
    }

    private ServerResponse document(ServerRequest request, String group) {
        requireJson(request);
        byte[] json = documents.json(group, request.pathVariable("version")).orElseThrow(ApiException::noSuchPath);
        return Answers.bytes(200, Encoding.JSON.mediaType(), json, List.of());
    }

    private static void requireJson(ServerRequest request) {
        Answers.accept(request)
                .choose(
                        range -> range.isJson() ? Optional.of(Encoding.JSON) : Optional.empty(),
                        Encoding.JSON.mediaType());
    }
}
