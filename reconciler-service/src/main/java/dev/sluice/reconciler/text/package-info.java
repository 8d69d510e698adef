/** Text for people: what tenants wrote made harmless, long text shortened, sizes. */
@NullMarked
package dev.sluice.reconciler.text;

import org.jspecify.annotations.NullMarked;
