package dev.sluice.kubeapi.discovery;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.status.ApiException;
import java.util.Optional;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Routes for discovery, version and health. */
public final class DiscoveryRoutes {

    /** The Kubernetes version that this API follows. */
    static final String GIT_VERSION = "v1.35.4+sluice";

    private final Discovery discovery;

    public DiscoveryRoutes(ResourceRegistry registry) {
        this.discovery = new Discovery(registry);
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/version", request -> Answers.tree(request, 200, version()))
                .GET("/healthz", request -> Answers.text(200, "ok"))
                .GET("/readyz", request -> Answers.text(200, "ok"))
                .GET("/livez", request -> Answers.text(200, "ok"))
                .GET("/api", request -> Answers.tree(request, 200, discovery.coreVersions(address(request))))
                .GET("/apis", request -> Answers.tree(request, 200, discovery.groups()))
                .GET(
                        "/api/{version}",
                        request -> found(request, discovery.resources("", request.pathVariable("version"))))
                .GET("/apis/{group}", request -> found(request, discovery.group(request.pathVariable("group"))))
                .GET(
                        "/apis/{group}/{version}",
                        request -> found(
                                request,
                                request.pathVariable("group").isEmpty()
                                        ? Optional.empty()
                                        : discovery.resources(
                                                request.pathVariable("group"), request.pathVariable("version"))))
                .build();
    }

    private static String address(ServerRequest request) {
        return request.uri().getAuthority();
    }

    private static ServerResponse found(ServerRequest request, Optional<ObjectNode> document) {
        return Answers.tree(request, 200, document.orElseThrow(ApiException::noSuchPath));
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "35")
                .put("gitVersion", GIT_VERSION)
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-11-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "java/" + Runtime.version().feature());
    }
}
