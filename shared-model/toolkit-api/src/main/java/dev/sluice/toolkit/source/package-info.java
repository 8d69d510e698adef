/** The kinds of {@code source.toolkit.fluxcd.io/v1}, as published by source-controller v1.9. */
@NullMarked
package dev.sluice.toolkit.source;

import org.jspecify.annotations.NullMarked;
