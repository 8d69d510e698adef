/**
 * Reading and writing of tar.gz archives. Start with {@link dev.sluice.artifact.archive.TarGzWriter} and {@link
 * dev.sluice.artifact.archive.TarGzReader}.
 */
@NullMarked
package dev.sluice.artifact.archive;

import org.jspecify.annotations.NullMarked;
