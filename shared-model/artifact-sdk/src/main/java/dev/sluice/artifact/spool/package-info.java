/** Spool files: a single file on disk with the content of many small ones. */
@NullMarked
package dev.sluice.artifact.spool;

import org.jspecify.annotations.NullMarked;
