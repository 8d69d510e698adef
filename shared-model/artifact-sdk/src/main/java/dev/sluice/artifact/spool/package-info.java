/** Spool files: one file on disk that holds the content of many small ones. */
@NullMarked
package dev.sluice.artifact.spool;

import org.jspecify.annotations.NullMarked;
