/** Exclusion of files from artifacts: Flux's default filter and .sourceignore. */
@NullMarked
package dev.sluice.artifact.ignore;

import org.jspecify.annotations.NullMarked;
