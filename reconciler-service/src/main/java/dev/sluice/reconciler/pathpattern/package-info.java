/** Path patterns: one set of artifacts for each matching directory. */
@NullMarked
package dev.sluice.reconciler.pathpattern;

import org.jspecify.annotations.NullMarked;
