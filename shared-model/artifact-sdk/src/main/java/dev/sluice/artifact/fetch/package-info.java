/**
 * Downloading artifacts over HTTP, with retries and digest verification. Start with {@link
 * dev.sluice.artifact.fetch.ArtifactFetcher}.
 */
@NullMarked
package dev.sluice.artifact.fetch;

import org.jspecify.annotations.NullMarked;
