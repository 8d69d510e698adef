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

    /** @throws IllegalArgumentException if the version is empty or contains {@code @} */
    public Content {
        if (version.isEmpty() || version.indexOf('@') >= 0) {
            throw new IllegalArgumentException("invalid version '" + version + "': must not be empty or contain @");
        }
        metadata = Immutable.map(metadata);
    }

    /** The files of the artifact, with the version {@code latest}. They are read until they are stored. */
    public static Content of(FileTree tree) {
        return new Content(tree, "latest", Map.of(), StatusExtras.NONE);
    }

    /** The published artifact is up to date; only if {@link BuildContext#published} has one. */
    public static Content unchanged() {
        return new Content(null, "latest", Map.of(), StatusExtras.NONE);
    }

    /** Returns a copy with another version, such as that of a release. */
    public Content withVersion(String version) {
        return new Content(tree, version, metadata, status);
    }

    /** Returns a copy with an entry of the artifact's metadata. */
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
