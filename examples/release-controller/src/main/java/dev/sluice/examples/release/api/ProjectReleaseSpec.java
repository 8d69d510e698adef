package dev.sluice.examples.release.api;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * A release and how to fetch it. In all fields but the version, {@code {version}} is replaced by the version.
 *
 * @param url the directory of the release on an HTTP or HTTPS server, without credentials
 * @param version the version of the release; the first part of the artifact's revision
 * @param file a tar.gz in that directory
 * @param checksumFile a file in the same directory, in the format of {@code sha256sum}, with SHA-256, SHA-384 or
 *     SHA-512
 * @param path a directory in the archive; only its content is published; null for the whole archive
 * @param verify the required signature; null for none
 * @param secretRef a Secret with {@code username} and {@code password}, or {@code bearerToken}
 * @param certSecretRef a Secret with {@code ca.crt}, and {@code tls.crt} and {@code tls.key} for a client certificate
 * @param targetNamespace the namespace of the ExternalArtifact; null for that of the release
 * @param interval the interval at which the checksum file is checked
 * @param suspend suspends reconciliation
 */
public record ProjectReleaseSpec(
        String url,
        String version,
        String file,
        String checksumFile,
        @Nullable String path,
        @Nullable ReleaseVerification verify,
        @Nullable LocalObjectReference secretRef,
        @Nullable LocalObjectReference certSecretRef,
        @Nullable String targetNamespace,
        FluxDuration interval,
        boolean suspend) {

    /** Replaces {@code {version}} in a text of this spec. */
    public String withVersion(String text) {
        return text.replace("{version}", version);
    }

    /** Returns the path with the version; null for the whole archive. */
    public @Nullable String directory() {
        return path == null ? null : withVersion(path);
    }
}
