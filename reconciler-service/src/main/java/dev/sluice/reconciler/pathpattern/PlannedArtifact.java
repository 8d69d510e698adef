package dev.sluice.reconciler.pathpattern;

import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.Map;

/**
 * An artifact to build, with its placeholders rendered.
 *
 * @param captures lower-case values of the path pattern's captures by name, which become labels; empty without a path
 *     pattern
 * @param directoryNames the same values as they are in the source
 */
public record PlannedArtifact(
        OutputArtifact artifact, Map<String, String> captures, Map<String, String> directoryNames) {

    public PlannedArtifact {
        captures = Map.copyOf(captures);
        directoryNames = Map.copyOf(directoryNames);
    }

    /** An artifact whose directories have lower-case names. */
    public PlannedArtifact(OutputArtifact artifact, Map<String, String> captures) {
        this(artifact, captures, captures);
    }

    /**
     * Renders the placeholders in a path with the names as they are in the source.
     *
     * @throws PathPatternException if the path has a placeholder that the path pattern does not define
     */
    public String renderPath(String path) throws PathPatternException {
        try {
            return CaptureText.render(path, directoryNames);
        } catch (CaptureException e) {
            throw PathPattern.failure(String.valueOf(e.getMessage()));
        }
    }
}
