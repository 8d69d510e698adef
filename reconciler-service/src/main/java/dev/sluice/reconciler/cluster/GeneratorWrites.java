package dev.sluice.reconciler.cluster;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import java.io.IOException;
import java.util.Optional;

/** Writes ArtifactGenerators. The returned objects are newer than any cache. */
public interface GeneratorWrites {

    /** Writes by requests to the API server, with this field manager. */
    static GeneratorWrites by(ApiRequests requests, String fieldManager) {
        return new GeneratorWriter(requests, fieldManager);
    }

    /**
     * Adds a finalizer.
     *
     * @throws IOException a conflict if the object has changed meanwhile
     */
    ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) throws IOException;

    /** Removes a finalizer; a missing object is not an error. */
    void removeFinalizer(ArtifactGenerator generator, String finalizer) throws IOException;

    /** Patches the status; empty if the object is gone. */
    Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status)
            throws IOException;
}
