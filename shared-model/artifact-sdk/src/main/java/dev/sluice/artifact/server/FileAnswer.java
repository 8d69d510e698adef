package dev.sluice.artifact.server;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer about an open file. Its body is {@code selection().length()} bytes from {@code selection().offset()}, or
 * nothing for HEAD and for the statuses that have no body; the headers are the same for GET and HEAD.
 *
 * @param sendsBody false for HEAD and the statuses that send none
 */
public record FileAnswer(ServedFile file, Selection selection, boolean sendsBody, Map<String, String> headers)
        implements Answer {

    /** Copies the headers. */
    public FileAnswer {
        headers = Map.copyOf(headers);
    }

    /** Evaluates the conditions and the range of a request against an open file. */
    public static FileAnswer of(ServedFile file, ConditionalRequest request) {
        Selection selection = request.select(file.version());
        boolean sendsBody = !request.head() && (selection.status() == 200 || selection.status() == 206);
        return new FileAnswer(file, selection, sendsBody, headers(file, selection));
    }

    @Override
    public int status() {
        return selection.status();
    }

    private static Map<String, String> headers(ServedFile file, Selection selection) {
        FileVersion version = file.version();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", version.etag());
        headers.put("Last-Modified", version.lastModifiedHeader());
        // a repaired file may carry other bytes under its name
        headers.put("Cache-Control", "no-cache");
        headers.put("Accept-Ranges", "bytes");
        switch (selection.status()) {
            case 200 -> putBody(headers, file, selection);
            case 206 -> {
                putBody(headers, file, selection);
                long last = selection.offset() + selection.length() - 1;
                headers.put("Content-Range", "bytes " + selection.offset() + "-" + last + "/" + version.size());
            }
            case 416 -> {
                headers.put("Content-Range", "bytes */" + version.size());
                headers.put("Content-Length", "0");
            }
            case 412 -> headers.put("Content-Length", "0");
            default -> {
                // 304 has no body, and a length would be that of the whole file
            }
        }
        return headers;
    }

    private static void putBody(Map<String, String> headers, ServedFile file, Selection selection) {
        headers.put("Content-Type", contentType(file.path().getFileName().toString()));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Length", Long.toString(selection.length()));
    }

    private static String contentType(String fileName) {
        boolean gzip = fileName.endsWith(".gz") || fileName.endsWith(".tgz");
        return gzip ? "application/gzip" : "application/octet-stream";
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
