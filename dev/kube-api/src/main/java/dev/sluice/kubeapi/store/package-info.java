/** The objects and their history: one revision counter, optimistic concurrency, an optional journal on disk. */
@NullMarked
package dev.sluice.kubeapi.store;

import org.jspecify.annotations.NullMarked;
