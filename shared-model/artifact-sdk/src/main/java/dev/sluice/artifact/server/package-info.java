/**
 * Serving stored artifacts over HTTP. Start with {@link dev.sluice.artifact.server.ArtifactServer}, a small server that is
 * complete; for another HTTP stack, {@link dev.sluice.artifact.server.ArtifactRequests} has the path rules, conditional
 * requests and ranges.
 */
@NullMarked
package dev.sluice.artifact.server;

import org.jspecify.annotations.NullMarked;
