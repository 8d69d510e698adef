/** The kinds of {@code source.extensions.fluxcd.io/v1beta1}, as source-watcher v2.2 publishes them. */
@NullMarked
package dev.sluice.toolkit.extensions;

import org.jspecify.annotations.NullMarked;
