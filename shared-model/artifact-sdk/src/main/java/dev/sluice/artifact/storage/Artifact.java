package dev.sluice.artifact.storage;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The artifact in a Flux source's status; the wire format of {@code status.artifact}.
 *
 * <p>Immutable. Not validated, and the digest is text, because the object may have been written by others: the
 * operations of {@link ArtifactStorage} validate what they use.
 *
 * @param path path relative to the storage root: {@code kind/namespace/name/file}
 * @param url URL of the file
 * @param revision human-readable, unique identifier of a state of the source
 * @param digest digest of the file, {@code algorithm:hex}
 * @param lastUpdateTime when the file was stored
 * @param size size in bytes
 * @param metadata further metadata, such as {@link #ORIGIN_REVISION}
 */
public record Artifact(
        String path,
        String url,
        String revision,
        @Nullable String digest,
        @Nullable Instant lastUpdateTime,
        @Nullable Long size,
        Map<String, String> metadata) {

    /** Metadata key for the revision of the source's origin, such as a Git commit. */
    public static final String ORIGIN_REVISION = "org.opencontainers.image.revision";

    /** Copies the metadata and keeps its order. */
    public Artifact {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(revision, "revision");
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Creates an artifact whose file is not yet stored. */
    public static Artifact of(String path, String url, String revision) {
        return new Artifact(path, url, revision, null, null, null, Map.of());
    }

    /** Returns the {@link #ORIGIN_REVISION} in the metadata. */
    public Optional<String> originRevision() {
        return Optional.ofNullable(metadata.get(ORIGIN_REVISION));
    }

    /** Returns a copy with another path; does not change the URL. */
    public Artifact withPath(String path) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** Returns a copy with another URL. */
    public Artifact withUrl(String url) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** Returns a copy with another revision. */
    public Artifact withRevision(String revision) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** Returns a copy with another digest, or without one. */
    public Artifact withDigest(@Nullable String digest) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** Returns a copy with another last update time, or without one. */
    public Artifact withLastUpdateTime(@Nullable Instant lastUpdateTime) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** Returns a copy with another size in bytes, or without one. */
    public Artifact withSize(@Nullable Long size) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** Returns a copy with other metadata. */
    public Artifact withMetadata(Map<String, String> metadata) {
        return new Artifact(path, url, revision, digest, lastUpdateTime, size, metadata);
    }

    /** Returns a copy with the digest, size and last update time of the stored file. */
    public Artifact withFile(String newDigest, long newSize, Instant newLastUpdateTime) {
        return new Artifact(path, url, revision, newDigest, newLastUpdateTime, newSize, metadata);
    }
}
