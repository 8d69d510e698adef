package dev.sluice.server.http;

import dev.sluice.artifact.server.ArtifactResponse;
import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.artifact.server.TextResponse;
import dev.sluice.server.ArtifactServerSettings;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lists directories as plain text, one name per line, if enabled. */
@Component
final class DirectoryListing {

    private static final int RETRY_AFTER_SECONDS = 5;

    private final ServedFiles files;
    private final boolean enabled;

    DirectoryListing(ServedFiles files, ArtifactServerSettings settings) {
        this.files = files;
        this.enabled = settings.directoryListing();
    }

    boolean enabled() {
        return enabled;
    }

    /** Returns the listing; empty if listings are disabled or the path is not a visible directory. */
    Optional<ArtifactResponse> of(String rawPath) {
        if (!enabled) {
            return Optional.empty();
        }
        try {
            return files.list(rawPath).map(names -> TextResponse.ok(String.join("\n", names) + "\n"));
        } catch (IOException e) {
            return Optional.of(TextResponse.unavailable("cannot read the artifact volume", RETRY_AFTER_SECONDS));
        }
    }
}
