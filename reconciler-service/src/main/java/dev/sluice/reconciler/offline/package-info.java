/** The commands {@code build} and {@code diff}: rendering generators without a cluster, and without Spring. */
@NullMarked
package dev.sluice.reconciler.offline;

import org.jspecify.annotations.NullMarked;
