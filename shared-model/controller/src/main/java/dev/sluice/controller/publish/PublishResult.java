package dev.sluice.controller.publish;

import dev.sluice.toolkit.source.ExternalArtifact;

/**
 * What publishing did.
 *
 * @param object the ExternalArtifact as it stands now
 * @param objectWritten whether labels, annotations, spec or owner were applied
 * @param statusWritten whether artifact or condition were applied
 */
public record PublishResult(ExternalArtifact object, boolean objectWritten, boolean statusWritten) {

    /** Whether anything was sent to the API server. */
    public boolean written() {
        return objectWritten || statusWritten;
    }
}
