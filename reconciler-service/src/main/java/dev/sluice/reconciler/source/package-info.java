/** The source cache: downloads, verifies and indexes each source artifact once for all generators. */
@NullMarked
package dev.sluice.reconciler.source;

import org.jspecify.annotations.NullMarked;
