/** Digests of artifacts: parse, compute, verify. Start with {@link dev.sluice.artifact.digest.Digest}. */
@NullMarked
package dev.sluice.artifact.digest;

import org.jspecify.annotations.NullMarked;
