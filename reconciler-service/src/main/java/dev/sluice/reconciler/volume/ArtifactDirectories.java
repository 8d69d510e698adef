package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.artifact.storage.StoredNames;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.Arrays;
import java.util.Optional;

/** Maps the path of an artifact to its directory, identified by namespace and name. */
public final class ArtifactDirectories {

    private static final int PARTS = 4;

    private ArtifactDirectories() {}

    /** Empty if the path is not that of an ExternalArtifact's file. */
    static Optional<ObjectKey> of(Artifact artifact) {
        String[] parts = artifact.path().split("/", -1);
        boolean ours = parts.length == PARTS
                && parts[0].equals(ExternalArtifactPaths.DIRECTORY)
                && Arrays.stream(parts).allMatch(StoredNames::isServable);
        return ours ? Optional.of(new ObjectKey(parts[1], parts[2])) : Optional.empty();
    }

    /** Whether the artifact's file is in the directory of this object; the status may have been edited. */
    static boolean isOf(ObjectKey object, Artifact artifact) {
        return of(artifact).filter(object::equals).isPresent();
    }

    static String path(ObjectKey key) {
        return ArtifactStorage.artifactDir(ExternalArtifactPaths.KIND, key.namespace(), key.name());
    }

    /** An artifact that names the directory, for {@link ArtifactStorage#removeAll}, which ignores the file name. */
    public static Artifact anyFileIn(ObjectKey key) {
        return Artifact.of(
                ArtifactStorage.artifactPath(ExternalArtifactPaths.KIND, key.namespace(), key.name(), "*"), "", "");
    }
}
