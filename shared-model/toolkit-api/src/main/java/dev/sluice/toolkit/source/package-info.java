/** The kinds of {@code source.toolkit.fluxcd.io/v1}, as source-controller v1.9 publishes them. */
@NullMarked
package dev.sluice.toolkit.source;

import org.jspecify.annotations.NullMarked;
