package dev.sluice.artifact.storage;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a Flux source's status says of the file it offers; the wire model of {@code status.artifact}.
 *
 * <p>Immutable. The digest stays text, because an object of somebody else may hold one that cannot be parsed.
 *
 * @param path relative to the storage root: {@code kind/namespace/name/file}
 * @param url where the file is served
 * @param revision human-readable and unique for a state of the source
 * @param digest of the served file, {@code algorithm:hex}
 * @param lastUpdateTime when the file was stored
 * @param size in bytes
 * @param metadata further facts, such as {@code org.opencontainers.image.revision}
 */
public record Artifact(
        String path,
        String url,
        String revision,
        @Nullable String digest,
        @Nullable Instant lastUpdateTime,
        @Nullable Long size,
        Map<String, String> metadata) {

    public Artifact {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(revision, "revision");
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** An artifact of which nothing is stored yet. */
    public static Artifact of(String path, String url, String revision) {
        return new Artifact(path, url, revision, null, null, null, Map.of());
    }

    public Artifact withPath(String path) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    public Artifact withUrl(String url) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    public Artifact withRevision(String revision) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    public Artifact withDigest(@Nullable String digest) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    public Artifact withLastUpdateTime(@Nullable Instant lastUpdateTime) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    public Artifact withSize(@Nullable Long size) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    public Artifact withMetadata(Map<String, String> metadata) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }
}
