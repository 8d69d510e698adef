package dev.sluice.artifact.storage;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Flux source's status says of the file it offers; the wire model of {@code status.artifact}.
 *
 * <p>Immutable. Nothing is checked here, and the digest stays text, because it may come from an object that somebody
 * else wrote: the operations of {@link ArtifactStorage} check what they use.
 *
 * @param path relative to the storage root: {@code kind/namespace/name/file}
 * @param url where the file is served
 * @param revision human-readable and unique for a state of the source
 * @param digest of the served file, {@code algorithm:hex}
 * @param lastUpdateTime when the file was stored
 * @param size in bytes
 * @param metadata further facts, such as {@link #ORIGIN_REVISION}
 */
public record Artifact(
        String path,
        String url,
        String revision,
        @Nullable String digest,
        @Nullable Instant lastUpdateTime,
        @Nullable Long size,
        Map<String, String> metadata) {

    /** Key in the metadata: the revision of what the source was made from, such as a Git commit. */
    public static final String ORIGIN_REVISION = "org.opencontainers.image.revision";

    /** Copies the metadata, keeping its order. */
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

    /** The value of {@link #ORIGIN_REVISION} in the metadata. */
    public Optional<String> originRevision() {
        return Optional.ofNullable(metadata.get(ORIGIN_REVISION));
    }

    /** The same at another path; its URL stays. */
    public Artifact withPath(String path) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** The same with another URL. */
    public Artifact withUrl(String url) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** The same with another revision. */
    public Artifact withRevision(String revision) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** The same with another digest, or without one. */
    public Artifact withDigest(@Nullable String digest) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** The same with another last update time, or without one. */
    public Artifact withLastUpdateTime(@Nullable Instant lastUpdateTime) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** The same with another size in bytes, or without one. */
    public Artifact withSize(@Nullable Long size) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** The same with other metadata. */
    public Artifact withMetadata(Map<String, String> metadata) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** The same with the facts of the stored file. */
    public Artifact withFile(String newDigest, long newSize, Instant newLastUpdateTime) {
        return new Artifact(path, url, revision, newDigest, newLastUpdateTime, newSize, metadata);
    }
}
