/** The stored files of artifacts: one atomic writer, verification, garbage collection. */
@NullMarked
package dev.sluice.artifact.storage;

import org.jspecify.annotations.NullMarked;
