package dev.sluice.artifact.server;

import dev.sluice.artifact.concurrent.Outage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for artifacts, whatever HTTP server they come through: RFC 9110 for GET and HEAD with conditions and
 * a single range. Both the SDK's server and the artifact server service are adapters around it. Thread-safe.
 */
public final class ArtifactRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactRequests.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final ServedFiles files;

    private final Outage outage = new Outage();

    /** Answers from these files. */
    public ArtifactRequests(ServedFiles files) {
        this.files = files;
    }

    /**
     * The answer to one request. Never throws for what the client sent or the volume holds.
     *
     * @param rawPath the path of the request target as it came, still percent-encoded, without the query
     * @param headers all values of a request header by its name, empty when it is absent
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
            LOG.atDebug().addKeyValue("path", LoggedPath.of(rawPath)).log("There is no such artifact");
        }
        return TextResponse.notFound();
    }

    private ArtifactResponse unreadable(String rawPath, IOException problem) {
        (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("path", LoggedPath.of(rawPath))
                .addKeyValue("error", LoggedError.of(problem))
                .log("Volume can not be read, answered 503");
        return TextResponse.unavailable("the artifact volume can not be read", RETRY_AFTER_SECONDS);
    }
}
