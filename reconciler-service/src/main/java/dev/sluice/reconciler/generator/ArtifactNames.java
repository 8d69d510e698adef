package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;

/** Names of artifacts in messages. */
final class ArtifactNames {

    private ArtifactNames() {}

    /** The name alone in the generator's namespace, as in the messages of the reference; else with the namespace. */
    static String of(ObjectKey artifact, ArtifactGenerator generator) {
        return artifact.namespace().equals(generator.key().namespace()) ? artifact.name() : artifact.toString();
    }
}
