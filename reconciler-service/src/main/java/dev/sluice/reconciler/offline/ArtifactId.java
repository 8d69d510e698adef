package dev.sluice.reconciler.offline;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.OutputArtifact;

/**
 * An artifact in the output.
 *
 * @param isForeign whether it is published in another namespace than the generator's
 */
record ArtifactId(String name, String namespace, boolean isForeign) {

    /** Separates name and namespace in file names; no name contains it. */
    private static final char SEPARATOR = '@';

    static ArtifactId of(ArtifactGenerator generator, OutputArtifact artifact) {
        String namespace = generator.namespaceOf(artifact);
        return new ArtifactId(
                artifact.name(), namespace, !namespace.equals(generator.key().namespace()));
    }

    /** The artifact of a file name in an output directory. */
    static ArtifactId ofFile(String file, String ownNamespace) {
        int at = file.indexOf(SEPARATOR);
        return at < 0
                ? new ArtifactId(file, ownNamespace, false)
                : new ArtifactId(file.substring(0, at), file.substring(at + 1), true);
    }

    /** The name in messages and options: with its namespace if that is another one. */
    String shown() {
        return isForeign ? namespace + "/" + name : name;
    }

    /** The name of its directory in the output. */
    String file() {
        return isForeign ? name + SEPARATOR + namespace : name;
    }

    /** Whether a user means this artifact by the text. */
    boolean isMeantBy(String text) {
        return text.equals(name) || text.equals(shown());
    }
}
