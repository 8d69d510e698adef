package dev.sluice.server;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the artifact server, from its flags.
 *
 * @param storagePath directory of the artifacts
 * @param directoryListing whether directories are listed
 * @param smallFileCache bytes of small files to hold in memory, as asked for
 * @param storageScanInterval pause between two counts of what the volume holds; zero for none
 */
@ConfigurationProperties("sluice")
public record ArtifactServerSettings(
        Path storagePath, boolean directoryListing, long smallFileCache, Duration storageScanInterval) {

    private static final int HEAP_PARTS = 8;

    /** The bytes of small files to hold: what was asked for, and never more than an eighth of the heap. */
    public long smallFileBytes() {
        return Math.min(smallFileCache, Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }
}
