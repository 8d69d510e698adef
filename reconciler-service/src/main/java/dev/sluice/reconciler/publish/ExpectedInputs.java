package dev.sluice.reconciler.publish;

import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The inputs that an ExternalArtifact should have after a restart, derived without a build. */
final class ExpectedInputs {

    private ExpectedInputs() {}

    /**
     * Returns the expected inputs; empty if the object does not show them: somebody has changed or removed them, or the
     * file is empty.
     *
     * @param own the inputs of an object, unless somebody else has changed them
     */
    static Optional<ExportedInputs> of(
            ArtifactGenerator generator,
            ExternalArtifact present,
            Function<ExternalArtifact, Optional<ExportedInputs>> own) {
        List<OutputArtifact> templates = templates(generator, present);
        if (templates.stream().noneMatch(ExpectedInputs::hasInputs)) {
            return Optional.of(ExportedInputs.NONE);
        }
        boolean required = templates.stream().allMatch(ExpectedInputs::hasInputs);
        return own.apply(present).filter(inputs -> !required || !inputs.equals(ExportedInputs.NONE));
    }

    /** The artifacts of the spec from which the object may come. */
    private static List<OutputArtifact> templates(ArtifactGenerator generator, ExternalArtifact present) {
        List<OutputArtifact> artifacts = generator.spec().artifacts();
        return PathPattern.isIn(generator.spec())
                ? artifacts
                : artifacts.stream()
                        .filter(artifact -> generator.artifactKey(artifact).equals(present.key()))
                        .toList();
    }

    private static boolean hasInputs(OutputArtifact artifact) {
        String inputs = artifact.inputsFrom();
        return inputs != null && !inputs.isEmpty();
    }
}
