package dev.sluice.artifact.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A short plain-text answer; for HEAD only its headers are sent. */
public record TextResponse(int status, Map<String, String> headers, String text) implements ArtifactResponse {

    /** Copies the headers. */
    public TextResponse {
        headers = Map.copyOf(headers);
    }

    /** The probe's answer: the volume can be read. */
    public static TextResponse ok() {
        return ok("ok\n");
    }

    /** A page of plain text. */
    public static TextResponse ok(String text) {
        return of(200, text, Map.of());
    }

    /** The same text for what is missing and for what may not be read, so that nothing can be learned from it. */
    public static TextResponse notFound() {
        return of(404, "404 no such artifact: it was collected, or the path is wrong\n", Map.of());
    }

    /** Anything but GET and HEAD. */
    public static TextResponse methodNotAllowed() {
        return of(405, "405 only GET and HEAD are served here\n", Map.of("Allow", "GET, HEAD"));
    }

    /** For now no file can be sent; consumers try again after the seconds given. */
    public static TextResponse unavailable(String reason, int retryAfterSeconds) {
        return of(503, "503 " + reason + "\n", Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    /** The body, UTF-8. */
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
        // holds nothing
    }
}
