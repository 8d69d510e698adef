/**
 * Digests of artifacts: parsing, computation and verification. Start with {@link dev.sluice.artifact.digest.Digest}.
 */
@NullMarked
package dev.sluice.artifact.digest;

import org.jspecify.annotations.NullMarked;
