/** A real browser for tests of the console. */
@NullMarked
package dev.sluice.reconciler.browser;

import org.jspecify.annotations.NullMarked;
