/** The source cache: each source artifact is downloaded, verified and indexed once, however many generators ask. */
@NullMarked
package dev.sluice.reconciler.source;

import org.jspecify.annotations.NullMarked;
