package dev.sluice.server.http;

import dev.sluice.artifact.server.Answer;
import dev.sluice.artifact.server.ArtifactRequests;
import dev.sluice.artifact.server.TextAnswer;
import dev.sluice.server.volume.VolumeStatus;
import dev.sluice.server.volume.VolumeWatch;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Answers by the rules of the SDK, and never says "missing" of a volume that is not the right one. */
@Component
final class ArtifactAnswers {

    private static final int RETRY_AFTER_SECONDS = 5;

    private final ArtifactRequests requests;
    private final DirectoryListing listing;
    private final VolumeWatch volume;

    ArtifactAnswers(ArtifactRequests requests, DirectoryListing listing, VolumeWatch volume) {
        this.requests = requests;
        this.listing = listing;
        this.volume = volume;
    }

    Answer answer(String method, String rawPath, Function<String, List<String>> headers) {
        Answer answer = requests.answer(method, rawPath, headers);
        boolean root = rawPath.equals("/") && answer.status() == 200;
        if (answer.status() != 404 && !root) {
            return answer;
        }
        VolumeStatus status = volume.look();
        if (!status.ready()) {
            return TextAnswer.unavailable("the artifact volume is not ready", RETRY_AFTER_SECONDS);
        }
        return listing.of(rawPath).orElse(answer);
    }
}
