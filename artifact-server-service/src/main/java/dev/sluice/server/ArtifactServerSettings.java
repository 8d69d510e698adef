package dev.sluice.server;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the artifact server, from its flags.
 *
 * @param storagePath directory of the artifacts
 * @param directoryListing whether directories are listed
 */
@ConfigurationProperties("sluice")
public record ArtifactServerSettings(Path storagePath, boolean directoryListing) {}
