package dev.sluice.artifact.storage;

import dev.sluice.artifact.digest.DigestAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where artifacts are stored, how they are called from outside, and what is kept.
 *
 * @param basePath an existing directory
 * @param advertisedAddress {@code host:port} for the URLs of artifacts; one that begins with {@code http://} or
 *     {@code https://} is kept as it is
 * @param retentionTtl artifacts that were superseded longer ago than this are garbage, not negative
 * @param retentionRecords at least so many artifacts of one object stay, the current one counted, not negative
 * @param digestAlgorithm of new artifacts; SHA-1 is refused, consumers can not verify it
 * @param groupReadable whether the group may read: files 0640 and directories 0750 with setgid, else 0600 and 0700
 */
public record StorageOptions(
        Path basePath,
        String advertisedAddress,
        Duration retentionTtl,
        int retentionRecords,
        DigestAlgorithm digestAlgorithm,
        boolean groupReadable) {

    /** @throws IllegalArgumentException if a value is outside its range or the base path is no directory */
    public StorageOptions {
        require(
                Files.isDirectory(basePath),
                "storage path '" + basePath + "' is not a directory: create or mount it, or choose another");
        require(!advertisedAddress.isBlank(), "the advertised storage address is empty");
        require(!retentionTtl.isNegative(), "artifact retention TTL " + retentionTtl + " is negative");
        require(retentionRecords >= 0, "artifact retention records " + retentionRecords + " is negative");
        require(
                digestAlgorithm != DigestAlgorithm.SHA1,
                "digest algorithm 'sha1' can not be used for artifacts, consumers can not verify it: use sha256, sha384,"
                        + " sha512 or blake3");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The defaults of Flux: one minute, two records, SHA-256, readable by the owner only. */
    public static StorageOptions of(Path basePath, String advertisedAddress) {
        return new StorageOptions(basePath, advertisedAddress, Duration.ofMinutes(1), 2, DigestAlgorithm.SHA256, false);
    }
}
