package dev.sluice.controller.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.object.StatusExtras;
import dev.sluice.toolkit.meta.Immutable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ContentBuilder} returns: the files of an artifact, or that the published ones are up to date. Immutable.
 *
 * @param tree the files; null for {@link #unchanged}
 * @param version first part of the revision {@code <version>@sha256:<content hash>}; at least one character
 * @param metadata metadata of the artifact, for example {@link Artifact#ORIGIN_REVISION}
 * @param status what the status of the object says besides success
 */
public record Content(@Nullable FileTree tree, String version, Map<String, String> metadata, StatusExtras status) {

    private static final String LATEST = "latest";

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the version is empty or contains {@code @}, or if there are no files, but a
     *     version other than {@code latest} or metadata: an artifact that stays keeps its own
     */
    public Content {
        if (version.isEmpty() || version.indexOf('@') >= 0) {
            throw new IllegalArgumentException("invalid version '" + version + "': must not be empty or contain @");
        }
        if (tree == null && !(version.equals(LATEST) && metadata.isEmpty())) {
            throw new IllegalArgumentException("Content.unchanged() keeps the version and the metadata of the published"
                    + " artifact; return files to change them");
        }
        metadata = Immutable.map(metadata);
    }

    /** The files of the artifact, with the version {@code latest}. They are read until they are stored. */
    public static Content of(FileTree tree) {
        return new Content(tree, LATEST, Map.of(), StatusExtras.NONE);
    }

    /**
     * The published artifact is up to date and stays, with its version and metadata; only if {@link
     * BuildContext#published} has one. Can have a status.
     */
    public static Content unchanged() {
        return new Content(null, LATEST, Map.of(), StatusExtras.NONE);
    }

    /** Returns a copy with another version, such as that of a release; not for {@link #unchanged}. */
    public Content withVersion(String version) {
        return new Content(tree, version, metadata, status);
    }

    /** Returns a copy with an entry of the artifact's metadata; not for {@link #unchanged}. */
    public Content withMetadata(String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put(key, value);
        return new Content(tree, version, all, status);
    }

    /** Returns a copy with further parts of the object's status. */
    public Content withStatus(StatusExtras status) {
        return new Content(tree, version, metadata, status);
    }
}
