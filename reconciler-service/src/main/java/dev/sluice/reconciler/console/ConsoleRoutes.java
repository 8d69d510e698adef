package dev.sluice.reconciler.console;

import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The addresses of the console. */
final class ConsoleRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleRoutes.class);

    /** The highlighter of the webjar; other assets are in this package. */
    private static final String HIGHLIGHT = "highlight.min.js";

    private static final String HIGHLIGHT_PATH = "/META-INF/resources/webjars/highlightjs/11.11.1/" + HIGHLIGHT;
    private static final int MAX_GRAPHS = 4;
    private static final int MAX_GRAPHS_OF_ADDRESS = 3;
    private static final String SCRIPT = "text/javascript";

    /** The static files and their types. */
    private static final Map<String, String> ASSETS = Map.of(
            "console.css",
            "text/css",
            "console.js",
            SCRIPT,
            "highlighter.js",
            SCRIPT,
            HIGHLIGHT,
            SCRIPT,
            "icon.svg",
            "image/svg+xml");

    /** Graphs are drawn one after the other, each by a thread that waits for its turn. */
    private final ClientQuota graphs = new ClientQuota(MAX_GRAPHS, MAX_GRAPHS_OF_ADDRESS);

    private final ItemReader snapshots;
    private final Pages pages;
    private final LiveUpdates live;
    private final GlanceFacts glance;
    private final PageResponses responses;
    private final Clock clock;

    ConsoleRoutes(
            ItemReader snapshots,
            Pages pages,
            LiveUpdates live,
            GlanceFacts glance,
            PageResponses responses,
            Clock clock) {
        this.snapshots = snapshots;
        this.pages = pages;
        this.live = live;
        this.glance = glance;
        this.responses = responses;
        this.clock = clock;
    }

    /**
     * The pages about objects.
     *
     * @param files the number of files of an artifact; empty if it is unknown
     */
    record Pages(GeneratorPages generators, ArtifactPages artifacts, GraphPages graphs, Function<Item, String> files) {}

    /** @param contents further addresses; empty if contents are not shown */
    RouterFunction<ServerResponse> all(Optional<ContentRoutes> contents) {
        RouterFunctions.Builder routes = RouterFunctions.route();
        contents.ifPresent(shown -> routes.add(shown.all()));
        return routes.GET("/", this::overview)
                .GET("/graph", this::graph)
                .GET("/generators/{namespace}/{name}", this::generator)
                .GET("/artifacts/{namespace}/{name}", this::artifact)
                .GET("/live", live::connect)
                .GET("/assets/{file}", this::asset)
                .route(RequestPredicates.all(), request -> responses.notFound())
                .onError(RuntimeException.class, this::failed)
                .build();
    }

    private ServerResponse overview(ServerRequest request) {
        CachedItems snapshot = snapshots.read();
        Filter filter = Filter.parse(request::param);
        return responses.page(
                "overview",
                OverviewPage.of(
                        snapshot,
                        filter,
                        responses.shell("Overview", snapshot),
                        glance.facts(snapshot, clock.instant()),
                        pages.files(),
                        clock.instant()));
    }

    private ServerResponse graph(ServerRequest request) {
        return graphs.whileTaken(
                ClientQuota.address(request),
                () -> drawnGraph(request),
                () -> responses.busy("Too many graphs are being drawn; try again."));
    }

    private ServerResponse drawnGraph(ServerRequest request) {
        CachedItems items = snapshots.read();
        GraphFilter filter = GraphFilter.parse(request::param);
        return responses.page("graph", pages.graphs().of(items, filter, responses.shell("Graph", items)));
    }

    private ServerResponse generator(ServerRequest request) {
        ObjectKey key = key(request);
        return found("generator", pages.generators().of(key, responses.shell("Generator " + key), clock.instant()));
    }

    private ServerResponse artifact(ServerRequest request) {
        ObjectKey key = key(request);
        return found("artifact", pages.artifacts().of(key, responses.shell("Artifact " + key), clock.instant()));
    }

    private static ObjectKey key(ServerRequest request) {
        return new ObjectKey(request.pathVariable("namespace"), request.pathVariable("name"));
    }

    private ServerResponse found(String template, Optional<?> page) {
        return page.isPresent() ? responses.page(template, page.get()) : responses.notFound();
    }

    private ServerResponse failed(Throwable failure, ServerRequest request) {
        if (failure instanceof InvalidParameterException) {
            return responses.problem(HttpStatus.BAD_REQUEST, "Bad request", "The address or the form is malformed.");
        }
        LOG.atError().setCause(failure).log("console page failed");
        return responses.problem(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error", "See the log of the controller.");
    }

    private ServerResponse asset(ServerRequest request) throws IOException {
        String file = request.pathVariable("file");
        String type = ASSETS.get(file);
        if (type == null) {
            return responses.notFound();
        }
        String path = file.equals(HIGHLIGHT) ? HIGHLIGHT_PATH : file;
        ClassPathResource asset = new ClassPathResource(path, ConsoleRoutes.class);
        return responses.file(
                ServerResponse.ok()
                        .contentType(MediaType.valueOf(type))
                        .header(
                                HttpHeaders.CACHE_CONTROL,
                                CacheControl.noCache().getHeaderValue()),
                asset.getContentAsByteArray());
    }
}
