package dev.sluice.artifact.server;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** What an HTTP request is answered with; the caller closes it after sending. */
public sealed interface ArtifactResponse extends Closeable permits FileResponse, TextResponse {

    /** The HTTP status code. */
    int status();

    /** All headers of the answer, Content-Length included where the status allows one. */
    Map<String, String> headers();

    @Override
    void close() throws IOException;
}
