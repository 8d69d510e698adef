/** Digests of artifacts: parse, compute, verify. */
@NullMarked
package dev.sluice.artifact.digest;

import org.jspecify.annotations.NullMarked;
