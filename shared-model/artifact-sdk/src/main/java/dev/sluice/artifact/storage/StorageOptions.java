package dev.sluice.artifact.storage;

import dev.sluice.artifact.digest.DigestAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Options for the storage: location, advertised address, retention, digest and permissions.
 *
 * @param basePath an existing directory
 * @param advertisedAddress {@code host:port} for the URLs of artifacts, optionally with {@code http://} or {@code
 *     https://}
 * @param retentionTtl artifacts that were superseded longer ago than this are garbage; not negative
 * @param retentionRecords minimum number of artifacts to keep per object, including the current one; not negative
 * @param digestAlgorithm algorithm for new artifacts; not SHA-1, which consumers cannot verify
 * @param groupReadable whether the group may read: files 0640 and directories 0750 with setgid, otherwise 0600 and 0700
 */
public record StorageOptions(
        Path basePath,
        String advertisedAddress,
        Duration retentionTtl,
        int retentionRecords,
        DigestAlgorithm digestAlgorithm,
        boolean groupReadable) {

    /** @throws IllegalArgumentException if a value is out of range or the base path is not a directory */
    public StorageOptions {
        require(
                Files.isDirectory(basePath),
                "storage path '" + basePath + "' is not a directory; create or mount it, or use another path");
        require(!advertisedAddress.isBlank(), "the advertised storage address is empty");
        require(!retentionTtl.isNegative(), "artifact retention TTL must not be negative, not " + retentionTtl);
        require(retentionRecords >= 0, "artifact retention records must not be negative, not " + retentionRecords);
        require(
                digestAlgorithm != DigestAlgorithm.SHA1,
                "digest algorithm 'sha1' cannot be used for artifacts: consumers cannot verify it; use sha256, sha384,"
                        + " sha512 or blake3");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Flux's defaults: TTL of one minute, two records, SHA-256, readable only by the owner. */
    public static StorageOptions of(Path basePath, String advertisedAddress) {
        return new StorageOptions(basePath, advertisedAddress, Duration.ofMinutes(1), 2, DigestAlgorithm.SHA256, false);
    }
}
