/**
 * Serving of stored artifacts over HTTP. Start with {@link dev.sluice.artifact.server.ArtifactServer}, a complete small
 * server. For other HTTP servers, {@link dev.sluice.artifact.server.ArtifactRequests} implements paths, conditional
 * requests and ranges.
 */
@NullMarked
package dev.sluice.artifact.server;

import org.jspecify.annotations.NullMarked;
