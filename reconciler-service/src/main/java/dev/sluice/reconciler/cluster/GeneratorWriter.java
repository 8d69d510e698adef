package dev.sluice.reconciler.cluster;

import dev.sluice.controller.object.ObjectWriter;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import java.io.IOException;
import java.util.Optional;

/** Writes finalizers and statuses of generators, see {@link ObjectWriter}. */
final class GeneratorWriter implements GeneratorWrites {

    private final ObjectWriter<ArtifactGenerator> writer;

    GeneratorWriter(ApiRequests requests, String fieldManager) {
        this.writer = new ObjectWriter<>(requests, ArtifactGenerator.TYPE, fieldManager);
    }

    @Override
    public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) throws IOException {
        return writer.addFinalizer(generator, finalizer);
    }

    @Override
    public void removeFinalizer(ArtifactGenerator generator, String finalizer) throws IOException {
        writer.removeFinalizer(generator, finalizer);
    }

    @Override
    public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status)
            throws IOException {
        return writer.patchStatus(generator, newest -> status);
    }
}
