package dev.sluice.artifact.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A short plain-text response; for HEAD, only its headers are sent. */
public record TextResponse(int status, Map<String, String> headers, String text) implements ArtifactResponse {

    public TextResponse {
        headers = Map.copyOf(headers);
    }

    /** The response to a probe if the volume is readable. */
    public static TextResponse ok() {
        return ok("ok\n");
    }

    /** A plain-text page. */
    public static TextResponse ok(String text) {
        return of(200, text, Map.of());
    }

    /** The same text for missing and forbidden paths, so that it does not reveal anything. */
    public static TextResponse notFound() {
        return of(404, "404 artifact not found: it was garbage collected, or the path is wrong\n", Map.of());
    }

    /** The response to methods other than GET and HEAD. */
    public static TextResponse methodNotAllowed() {
        return of(405, "405 only GET and HEAD are supported\n", Map.of("Allow", "GET, HEAD"));
    }

    /** The response if no file can be sent at the moment; consumers retry after the given time. */
    public static TextResponse unavailable(String reason, int retryAfterSeconds) {
        return of(503, "503 " + reason + "\n", Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    /** Returns the body in UTF-8. */
    public byte[] body() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TextResponse of(int status, String text, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
        return new TextResponse(status, headers, text);
    }

    @Override
    public void close() {
        // no resources
    }
}
