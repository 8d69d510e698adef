package dev.sluice.kubeapi.discovery;

import dev.sluice.kubeapi.http.Accept;
import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.http.Encoding;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.status.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Discovery, version and health. */
public final class DiscoveryRoutes {

    /** The version whose behaviour this API follows. */
    static final String GIT_VERSION = "v1.35.4+sluice";

    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Discovery discovery;
    private final AggregatedDiscovery aggregated;

    public DiscoveryRoutes(ResourceRegistry registry) {
        this.discovery = new Discovery(registry);
        this.aggregated = new AggregatedDiscovery(registry);
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/version", request -> Answers.tree(request, 200, version()))
                .GET("/healthz", request -> Answers.text(200, "ok"))
                .GET("/readyz", request -> Answers.text(200, "ok"))
                .GET("/livez", request -> Answers.text(200, "ok"))
                .GET(
                        "/api",
                        request -> either(request, () -> discovery.coreVersions(address(request)), aggregated::core))
                .GET("/apis", request -> either(request, discovery::groups, aggregated::groups))
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

    /** The aggregated document for those who ask for it, else the classic one. */
    private static ServerResponse either(
            ServerRequest request, Supplier<ObjectNode> classic, Supplier<ObjectNode> aggregated) {
        return Answers.accept(request)
                .choose(range -> document(range, classic, aggregated), Encoding.OFFERED + ", " + AGGREGATED);
    }

    private static Optional<ServerResponse> document(
            Accept.Range range, Supplier<ObjectNode> classic, Supplier<ObjectNode> aggregated) {
        boolean plain = range.parameter("as").isEmpty();
        boolean wanted = range.parameter("as").equals("APIGroupDiscoveryList")
                && range.parameter("g").equals("apidiscovery.k8s.io")
                && range.parameter("v").equals("v2");
        return Encoding.of(range).filter(e -> plain || wanted).map(encoding -> {
            ObjectNode body = plain ? classic.get() : aggregated.get();
            String type = plain ? encoding.mediaType() : AGGREGATED;
            return Answers.bytes(200, type, encoding.bytes(body), List.of());
        });
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
