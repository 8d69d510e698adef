package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A response with an open file. The body is {@code selection().length()} bytes from {@code selection().offset()}; it is
 * empty for HEAD and for statuses without a body. GET and HEAD have the same headers.
 *
 * @param sendsBody false for HEAD and for statuses without a body
 */
public record FileResponse(ServedFile file, ByteSelection selection, boolean sendsBody, Map<String, String> headers)
        implements ArtifactResponse {

    private static final Set<String> OF_A_BODY = Set.of("Content-Type", "X-Content-Type-Options", "Content-Length");

    public FileResponse {
        headers = Map.copyOf(headers);
    }

    /** Evaluates the conditions and the range of a request for an open file. */
    public static FileResponse of(ServedFile file, ConditionalRequest request) {
        ByteSelection selection = request.select(file.version());
        boolean sendsBody = !request.head() && (selection.status() == 200 || selection.status() == 206);
        return new FileResponse(file, selection, sendsBody, headers(file, selection));
    }

    @Override
    public int status() {
        return selection.status();
    }

    private static Map<String, String> headers(ServedFile file, ByteSelection selection) {
        if (selection.status() == 200) {
            return file.wholeHeaders();
        }
        long size = file.version().size();
        Map<String, String> headers = new LinkedHashMap<>(file.wholeHeaders());
        headers.keySet().removeAll(OF_A_BODY);
        switch (selection.status()) {
            case 206 -> {
                headers.putAll(file.wholeHeaders());
                headers.put("Content-Length", Long.toString(selection.length()));
                long last = selection.offset() + selection.length() - 1;
                headers.put("Content-Range", "bytes " + selection.offset() + "-" + last + "/" + size);
            }
            case 416 -> {
                headers.put("Content-Range", "bytes */" + size);
                headers.put("Content-Length", "0");
            }
            case 412 -> headers.put("Content-Length", "0");
            default -> {
                // 304 has no body, and a length would be that of the whole file
            }
        }
        return headers;
    }

    /** Returns the headers of a response with the whole file. */
    static Map<String, String> wholeHeaders(Path path, FileVersion version) {
        return Map.of(
                "ETag", version.etag(),
                "Last-Modified", version.lastModifiedHeader(),
                // a repaired file may have other content under the same name
                "Cache-Control", "no-cache",
                "Accept-Ranges", "bytes",
                "Content-Type", contentType(String.valueOf(path.getFileName())),
                "X-Content-Type-Options", "nosniff",
                "Content-Length", Long.toString(version.size()));
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
