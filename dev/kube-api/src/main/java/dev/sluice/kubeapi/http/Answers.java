package dev.sluice.kubeapi.http;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** Answers with a body in the form that the client accepts. */
public final class Answers {

    private static final String TEXT = "text/plain; charset=utf-8";

    private Answers() {}

    /** A document in JSON. @throws ApiException 406 when the client does not take it */
    public static ServerResponse tree(ServerRequest request, int code, JsonNode body) {
        accept(request).requireJson();
        return json(code, Json.bytes(body), List.of());
    }

    /**
     * A body that is JSON already.
     *
     * @param warnings each becomes a {@code Warning} header, which clients show to their users
     */
    public static ServerResponse json(int code, byte[] body, List<String> warnings) {
        return bytes(code, Accept.JSON, body, warnings);
    }

    public static ServerResponse text(int code, String body) {
        return bytes(code, TEXT, body.getBytes(StandardCharsets.UTF_8), List.of());
    }

    public static ServerResponse bytes(int code, String mediaType, byte[] body, List<String> warnings) {
        return raw((request, response) -> {
            response.setStatus(code);
            response.setContentType(mediaType);
            response.setHeader("Cache-Control", "no-cache, private");
            warnings.forEach(w -> response.addHeader("Warning", "299 - " + quoted(w)));
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        });
    }

    /** Always JSON: whoever cannot read that can at least read the code. */
    public static ServerResponse failure(ApiException failure) {
        byte[] body = Json.bytes(failure.status());
        return raw((request, response) -> writeFailure(response, failure, body));
    }

    private static void writeFailure(HttpServletResponse response, ApiException failure, byte[] body)
            throws IOException {
        response.setStatus(failure.code());
        response.setContentType(Accept.JSON);
        response.setHeader("Cache-Control", "no-cache, private");
        for (Map.Entry<String, String> header : failure.headers().entrySet()) {
            response.setHeader(header.getKey(), header.getValue());
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Writes to the servlet's response itself. */
    public static ServerResponse raw(RawAnswer answer) {
        return ServerResponse.ok().build((request, response) -> {
            answer.write(request, response);
            return null;
        });
    }

    /** Takes over the response. */
    @FunctionalInterface
    public interface RawAnswer {
        void write(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    public static Accept accept(ServerRequest request) {
        return Accept.parse(request.servletRequest().getHeader("Accept"));
    }

    /** Header text: quotes and backslashes escaped, no line breaks. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\r\\n]+", " ") + '"';
    }
}
