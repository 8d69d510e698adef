package dev.sluice.examples.release.api;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * Which release, and how to get it. In all texts but the version, {@code {version}} stands for the version.
 *
 * @param url the directory of the release on an HTTP or HTTPS server, without credentials
 * @param version of the release; the first part of the artifact's revision
 * @param file a tar.gz in that directory
 * @param checksumFile beside it, as {@code sha256sum} writes it, or with SHA-384 or SHA-512
 * @param path a directory in the archive: only what is below it is published; null for all
 * @param verify whose signature the file must have; null for none
 * @param secretRef a Secret with {@code username} and {@code password}, or {@code bearerToken}
 * @param certSecretRef a Secret with {@code ca.crt}, and {@code tls.crt} and {@code tls.key} for a client certificate
 * @param targetNamespace of the ExternalArtifact; null for that of the release
 * @param interval how often the checksum file is looked at
 * @param suspend leaves everything as it is while true
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

    /** A text of this spec with the version put in. */
    public String withVersion(String text) {
        return text.replace("{version}", version);
    }
}
