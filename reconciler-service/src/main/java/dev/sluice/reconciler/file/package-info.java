/** References to single files in sources and in artifacts. */
@NullMarked
package dev.sluice.reconciler.file;

import org.jspecify.annotations.NullMarked;
