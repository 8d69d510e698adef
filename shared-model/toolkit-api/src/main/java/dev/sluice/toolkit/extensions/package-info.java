/** The kinds of {@code source.extensions.fluxcd.io/v1beta1}, as published by source-watcher v2.3. */
@NullMarked
package dev.sluice.toolkit.extensions;

import org.jspecify.annotations.NullMarked;
