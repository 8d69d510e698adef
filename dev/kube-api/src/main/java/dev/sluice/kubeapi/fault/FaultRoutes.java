package dev.sluice.kubeapi.fault;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.http.Bodies;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The switches over HTTP, for tests in other processes. Not part of the Kubernetes API. */
public final class FaultRoutes {

    static final String ROOT = "/sluice/";

    private final Faults faults;

    public FaultRoutes(Faults faults) {
        this.faults = faults;
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(ROOT + "faults", request -> Answers.tree(request, 200, faultList()))
                .POST(ROOT + "faults", this::add)
                .DELETE(ROOT + "faults", request -> done(request, faults::clear))
                .POST(ROOT + "watches/{action}", this::watches)
                .POST(ROOT + "compact", request -> done(request, faults::compactHistory))
                .POST(ROOT + "restart", this::restart)
                .GET(ROOT + "requests", request -> Answers.tree(request, 200, requests(request)))
                .DELETE(ROOT + "requests", request -> done(request, faults.requests()::clear))
                .build();
    }

    private ServerResponse add(ServerRequest request) throws IOException {
        ObjectNode body = Bodies.object(request.servletRequest());
        int times = body.has("times") ? (int) Json.longAt(body, "times") : Integer.MAX_VALUE;
        Duration delay = Duration.ofMillis(body.has("delayMillis") ? Json.longAt(body, "delayMillis") : 1000);
        try {
            Fault.Action action =
                    Fault.Action.valueOf(Json.stringAt(body, "action").toUpperCase(Locale.ROOT));
            faults.add(
                    new Fault(action, Json.stringAt(body, "pathPrefix"), Json.stringAt(body, "method"), times, delay));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("add a fault: " + e.getMessage());
        }
        return Answers.tree(request, 201, faultList());
    }

    private ServerResponse watches(ServerRequest request) {
        String prefix = request.param("pathPrefix").orElse("");
        int count = switch (request.pathVariable("action")) {
            case "close" -> faults.closeWatches(prefix);
            case "expire" -> faults.expireWatches(prefix);
            case "silence" -> faults.silenceWatches(prefix);
            default -> throw ApiException.noSuchPath();
        };
        return Answers.tree(request, 200, Json.object().put("watches", count));
    }

    /** Answers first: the restart breaks this connection too. */
    private ServerResponse restart(ServerRequest request) throws IOException {
        long jump =
                Json.longAt(Bodies.optionalObject(request.servletRequest()).orElseGet(Json::object), "revisionJump");
        return Answers.raw((servletRequest, response) -> {
            response.setStatus(202);
            response.setContentLength(0);
            response.flushBuffer();
            Thread restart = new Thread(() -> faults.restart(jump), "kube-api-restart");
            restart.setDaemon(true);
            restart.start();
        });
    }

    private static ServerResponse done(ServerRequest request, Runnable action) {
        action.run();
        return Answers.tree(request, 200, Json.object());
    }

    private ObjectNode faultList() {
        ObjectNode list = Json.object();
        ArrayNode items = list.putArray("items");
        faults.list()
                .forEach(fault -> items.addObject()
                        .put("action", fault.action().name().toLowerCase(Locale.ROOT))
                        .put("pathPrefix", fault.pathPrefix())
                        .put("method", fault.method())
                        .put("times", fault.times())
                        .put("delayMillis", fault.delay().toMillis()));
        return list;
    }

    private ObjectNode requests(ServerRequest request) {
        String prefix = request.param("pathPrefix").orElse("");
        String agent = request.param("userAgent").orElse("");
        ObjectNode list = Json.object();
        ArrayNode items = list.putArray("items");
        faults.requests().entries().stream()
                .filter(e -> e.path().startsWith(prefix) && e.userAgent().startsWith(agent))
                .forEach(e -> items.addObject()
                        .put("time", e.time().toString())
                        .put("method", e.method())
                        .put("path", e.path())
                        .put("query", e.query())
                        .put("userAgent", e.userAgent()));
        return list.put("count", items.size()).put("dropped", faults.requests().dropped());
    }
}
