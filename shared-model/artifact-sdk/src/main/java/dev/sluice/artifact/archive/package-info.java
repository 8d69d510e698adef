/**
 * Reading and writing tar.gz archives: {@link dev.sluice.artifact.archive.TarGzWriter} and
 * {@link dev.sluice.artifact.archive.TarGzReader}.
 */
@NullMarked
package dev.sluice.artifact.archive;

import org.jspecify.annotations.NullMarked;
