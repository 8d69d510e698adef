package dev.sluice.server;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the artifact server, from its flags.
 *
 * @param storagePath directory of the artifacts
 * @param directoryListing whether directories are listed
 * @param smallFileCache size of the cache for small files, in bytes, as requested
 * @param storageScanInterval interval between scans of the volume; zero to disable
 */
@ConfigurationProperties("sluice")
public record ArtifactServerSettings(
        Path storagePath, boolean directoryListing, long smallFileCache, Duration storageScanInterval) {

    private static final int HEAP_PARTS = 8;

    /** Size of the cache for small files, in bytes: the requested size, but at most an eighth of the heap. */
    public long smallFileBytes() {
        return Math.min(smallFileCache, Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }
}
