package dev.sluice.reconciler.cluster;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import java.io.IOException;
import java.util.Optional;

/** Writes on ArtifactGenerators; what they return is newer than any cache. */
public interface GeneratorWrites {

    /** By requests to the API server, in the name of the field manager. */
    static GeneratorWrites by(ApiRequests requests, String fieldManager) {
        return new GeneratorWriter(requests, fieldManager);
    }

    /**
     * Adds a finalizer.
     *
     * @throws IOException a conflict when the object has moved on meanwhile
     */
    ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) throws IOException;

    /** An object that is gone is fine. */
    void removeFinalizer(ArtifactGenerator generator, String finalizer) throws IOException;

    /** Empty when the object is gone. */
    Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status)
            throws IOException;
}
