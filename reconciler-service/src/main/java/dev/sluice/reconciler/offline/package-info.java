/** The commands {@code build} and {@code diff}, which render generators without a cluster and without Spring. */
@NullMarked
package dev.sluice.reconciler.offline;

import org.jspecify.annotations.NullMarked;
