package dev.sluice.artifact.server;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** The response to an HTTP request; the caller must close it after sending it. */
public sealed interface ArtifactResponse extends Closeable permits FileResponse, TextResponse {

    /** Returns the HTTP status code. */
    int status();

    /** Returns all headers, including Content-Length if the status allows it. */
    Map<String, String> headers();

    @Override
    void close() throws IOException;
}
