package dev.sluice.reconciler.pathpattern;

import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.Map;

/**
 * An artifact to build, with its placeholders filled in.
 *
 * @param captures lower-cased values of the path pattern's captures by name, which become labels; empty without a path
 *     pattern
 */
public record PlannedArtifact(OutputArtifact artifact, Map<String, String> captures) {

    public PlannedArtifact {
        captures = Map.copyOf(captures);
    }
}
