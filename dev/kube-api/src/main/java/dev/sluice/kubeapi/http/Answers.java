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

/** Creates responses in a format that the client accepts. */
public final class Answers {

    private static final String TEXT = "text/plain; charset=utf-8";

    private Answers() {}

    /** Returns a JSON document. @throws ApiException 406 if the client does not accept JSON */
    public static ServerResponse tree(ServerRequest request, int code, JsonNode body) {
        accept(request).requireJson();
        return json(code, Json.bytes(body), List.of());
    }

    /**
     * Returns a body that is already JSON.
     *
     * @param warnings sent as {@code Warning} headers, which clients print
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

    /** Returns a failure, always as JSON, because every client can read at least the status code. */
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

    /** Writes directly to the servlet response. */
    public static ServerResponse raw(RawAnswer answer) {
        return ServerResponse.ok().build((request, response) -> {
            answer.write(request, response);
            return null;
        });
    }

    /** Writes a response. */
    @FunctionalInterface
    public interface RawAnswer {
        void write(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    public static Accept accept(ServerRequest request) {
        return Accept.parse(request.servletRequest().getHeader("Accept"));
    }

    /** Quotes header text: escapes quotes and backslashes, removes line breaks. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\r\\n]+", " ") + '"';
    }
}
