package dev.sluice.server.http;

import dev.sluice.artifact.server.ArtifactRequests;
import dev.sluice.artifact.server.ArtifactResponse;
import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.artifact.server.TextResponse;
import dev.sluice.server.volume.VolumeWatch;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Creates responses by the rules of the SDK; responds with 503 instead of 404 while the volume is not ready. */
@Component
final class ArtifactResponder {

    private static final int NOT_FOUND = 404;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final ServedFiles files;
    private final ArtifactRequests requests;
    private final DirectoryListing listing;
    private final VolumeWatch volume;

    ArtifactResponder(ServedFiles files, ArtifactRequests requests, DirectoryListing listing, VolumeWatch volume) {
        this.files = files;
        this.requests = requests;
        this.listing = listing;
        this.volume = volume;
    }

    /** Whether the request may have to wait for the volume. */
    boolean readsVolume(String method, String rawPath) {
        return isRead(method) && (rawPath.equals("/") ? listing.enabled() : !files.isHeld(rawPath));
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Returns the response while too many requests are waiting for the volume. */
    static ArtifactResponse volumeUnresponsive() {
        return TextResponse.unavailable("the artifact volume does not respond", RETRY_AFTER_SECONDS);
    }

    ArtifactResponse respond(String method, String rawPath, Function<String, List<String>> headers) {
        if (rawPath.equals("/") && isRead(method)) {
            return ifReady(rawPath, TextResponse.ok());
        }
        ArtifactResponse response = requests.answer(method, rawPath, headers);
        return response.status() == NOT_FOUND ? ifReady(rawPath, response) : response;
    }

    private ArtifactResponse ifReady(String rawPath, ArtifactResponse response) {
        return volume.current().ready()
                ? listing.of(rawPath).orElse(response)
                : TextResponse.unavailable("the artifact volume is not ready", RETRY_AFTER_SECONDS);
    }
}
