package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import java.io.IOException;
import java.util.Optional;

/** Writes on ArtifactGenerators; what they return is newer than any cache. */
interface GeneratorWrites {

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
