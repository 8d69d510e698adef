package dev.sluice.controller.publish;

import dev.sluice.toolkit.source.ExternalArtifact;

/**
 * The result of {@link ExternalArtifactPublisher#publish}.
 *
 * @param object the ExternalArtifact after publishing
 * @param objectWritten whether labels, annotations, spec or owner were applied
 * @param statusWritten whether the artifact or the condition was applied
 */
public record PublishResult(ExternalArtifact object, boolean objectWritten, boolean statusWritten) {

    /** Whether anything was sent to the API server. */
    public boolean written() {
        return objectWritten || statusWritten;
    }
}
