/** Reading and writing tar.gz archives. */
@NullMarked
package dev.sluice.artifact.archive;

import org.jspecify.annotations.NullMarked;
