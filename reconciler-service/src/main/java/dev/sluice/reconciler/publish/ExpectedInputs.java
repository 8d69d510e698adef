package dev.sluice.reconciler.publish;

import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import java.util.List;
import java.util.Optional;

/** The inputs that an ExternalArtifact should have after a restart, derived without a build. */
final class ExpectedInputs {

    private ExpectedInputs() {}

    /**
     * Returns the expected inputs: those of the object, whose digest is in an annotation of the publication. Empty if the
     * object does not show them, because somebody has removed them, or the file is empty.
     */
    static Optional<ExportedInputs> of(ArtifactGenerator generator, ExternalArtifact present) {
        List<OutputArtifact> templates = templates(generator, present);
        if (templates.stream().noneMatch(ExpectedInputs::hasInputs)) {
            return Optional.of(ExportedInputs.NONE);
        }
        boolean required = templates.stream().allMatch(ExpectedInputs::hasInputs);
        return Optional.of(inputsOf(present)).filter(inputs -> !required || !inputs.equals(ExportedInputs.NONE));
    }

    private static ExportedInputs inputsOf(ExternalArtifact present) {
        ExternalArtifactStatus status = present.status();
        return status == null ? ExportedInputs.NONE : ExportedInputs.of(status.exportedInputs());
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
