package dev.sluice.reconciler.pathpattern;

import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.Map;

/**
 * An artifact to build, with its placeholders rendered.
 *
 * @param captures lower-case values of the path pattern's captures by name, which become labels; empty without a path
 *     pattern
 */
public record PlannedArtifact(OutputArtifact artifact, Map<String, String> captures) {

    public PlannedArtifact {
        captures = Map.copyOf(captures);
    }
}
