/** Options of the SDK, from flags and environment. */
@NullMarked
package dev.sluice.artifact.config;

import org.jspecify.annotations.NullMarked;
