package dev.sluice.server.http;

import dev.sluice.artifact.server.ArtifactResponse;
import dev.sluice.artifact.server.FileResponse;
import dev.sluice.artifact.server.TextResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;

/** Handles all requests to the artifact port, with any method and path; see {@link RouteConfiguration}. */
@Component
final class ArtifactController implements HttpRequestHandler {

    private final ArtifactResponder responder;
    private final FileBody fileBody;
    private final VolumeBulkhead bulkhead;
    private final MeterRegistry registry;
    private final Counter misses;
    private final Map<Outcome, Counter> counters = new ConcurrentHashMap<>();

    ArtifactController(
            ArtifactResponder responder, FileBody fileBody, VolumeBulkhead bulkhead, MeterRegistry registry) {
        this.responder = responder;
        this.fileBody = fileBody;
        this.bulkhead = bulkhead;
        this.registry = registry;
        this.misses = Counter.builder("sluice.artifact.misses")
                .description("Requests for artifacts that do not exist")
                .register(registry);
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!responder.readsVolume(request.getMethod(), request.getRequestURI())) {
            respond(request, response);
        } else if (bulkhead.enter()) {
            try {
                respond(request, response);
            } finally {
                bulkhead.leave();
            }
        } else {
            sendAndCount(ArtifactResponder.volumeUnresponsive(), request, response);
        }
    }

    private void respond(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Tomcat's getRequestURI is not decoded: only the SDK decodes paths
        long startNanos = System.nanoTime();
        ArtifactResponse answer =
                responder.respond(request.getMethod(), request.getRequestURI(), name -> values(request, name));
        fileBody.waitedForVolume(System.nanoTime() - startNanos);
        sendAndCount(answer, request, response);
    }

    private void sendAndCount(ArtifactResponse answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        head(answer, response);
        try {
            send(answer, request, response);
        } finally {
            // the status may differ from that of the answer: a file that cannot be read becomes a 503
            count(request.getMethod(), response.getStatus());
        }
    }

    private void send(ArtifactResponse answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answer instanceof FileResponse file && file.sendsBody()) {
            fileBody.send(file, request, response);
            return;
        }
        try (answer) {
            if (answer instanceof TextResponse text && !request.getMethod().equals("HEAD")) {
                fileBody.send(text.body(), request, response);
            }
        }
    }

    /** Avoids the enumeration for headers that are absent, as in most requests. */
    private static List<String> values(HttpServletRequest request, String name) {
        return request.getHeader(name) == null ? List.of() : Collections.list(request.getHeaders(name));
    }

    private static void head(ArtifactResponse answer, HttpServletResponse response) {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
    }

    private void count(String method, int status) {
        String known = method.equals("GET") || method.equals("HEAD") ? method : "other";
        counters.computeIfAbsent(new Outcome(known, status), this::counter).increment();
        if (status == HttpServletResponse.SC_NOT_FOUND) {
            misses.increment();
        }
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("sluice.artifact.requests")
                .description("Requests to the artifact port")
                .tag("method", outcome.method)
                .tag("code", Integer.toString(outcome.status))
                .register(registry);
    }

    private record Outcome(String method, int status) {}
}
