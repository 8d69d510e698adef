package dev.sluice.artifact.server;

import dev.sluice.artifact.concurrent.Outage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles requests for artifacts independently of the HTTP server: GET and HEAD by RFC 9110, with conditions and a
 * single range. The SDK's server and the artifact server service are adapters for it. Thread-safe.
 */
public final class ArtifactRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactRequests.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final ServedFiles files;

    private final Outage outage = new Outage();

    /** Serves these files. */
    public ArtifactRequests(ServedFiles files) {
        this.files = files;
    }

    /**
     * Handles one request. Never throws because of the request or the content of the volume.
     *
     * @param rawPath path of the request target, percent-encoded, without the query
     * @param headers returns all values of a request header by its name, empty if it is absent
     */
    public ArtifactResponse answer(String method, String rawPath, Function<String, List<String>> headers) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return TextResponse.methodNotAllowed();
        }
        try {
            if (rawPath.equals("/")) {
                files.checkReadable();
                return TextResponse.ok();
            }
            Optional<ServedFile> file = files.open(rawPath);
            if (file.isEmpty()) {
                return missing(rawPath);
            }
            outage.ends();
            return FileResponse.of(file.get(), ConditionalRequest.of(method, headers));
        } catch (IOException e) {
            return unreadable(rawPath, e);
        }
    }

    private static ArtifactResponse missing(String rawPath) {
        if (LOG.isDebugEnabled()) {
            LOG.atDebug().addKeyValue("path", LoggedPath.of(rawPath)).log("artifact not found");
        }
        return TextResponse.notFound();
    }

    private ArtifactResponse unreadable(String rawPath, IOException problem) {
        (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("path", LoggedPath.of(rawPath))
                .addKeyValue("error", LoggedError.of(problem))
                .log("cannot read the volume; responding with 503");
        return TextResponse.unavailable("cannot read the artifact volume", RETRY_AFTER_SECONDS);
    }
}
