package dev.sluice.server.http;

import dev.sluice.artifact.server.ArtifactRequests;
import dev.sluice.artifact.server.ArtifactResponse;
import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.artifact.server.TextResponse;
import dev.sluice.server.volume.VolumeWatch;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Answers by the rules of the SDK, and never says "missing" of a volume that is not the right one. */
@Component
final class ArtifactAnswers {

    private static final int NOT_FOUND = 404;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final ServedFiles files;
    private final ArtifactRequests requests;
    private final DirectoryListing listing;
    private final VolumeWatch volume;

    ArtifactAnswers(ServedFiles files, ArtifactRequests requests, DirectoryListing listing, VolumeWatch volume) {
        this.files = files;
        this.requests = requests;
        this.listing = listing;
        this.volume = volume;
    }

    /** Whether the answer to such a request may have to wait for the volume. */
    boolean readsVolume(String method, String rawPath) {
        return isRead(method) && !rawPath.equals("/") && !files.isHeld(rawPath);
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The answer while too many requests wait for the volume. */
    static ArtifactResponse volumeHangs() {
        return TextResponse.unavailable("the artifact volume does not respond", RETRY_AFTER_SECONDS);
    }

    ArtifactResponse answer(String method, String rawPath, Function<String, List<String>> headers) {
        if (rawPath.equals("/") && isRead(method)) {
            return unlessNotReady(rawPath, TextResponse.ok());
        }
        ArtifactResponse answer = requests.answer(method, rawPath, headers);
        return answer.status() == NOT_FOUND ? unlessNotReady(rawPath, answer) : answer;
    }

    private ArtifactResponse unlessNotReady(String rawPath, ArtifactResponse answer) {
        return volume.current().ready()
                ? listing.of(rawPath).orElse(answer)
                : TextResponse.unavailable("the artifact volume is not ready", RETRY_AFTER_SECONDS);
    }
}
