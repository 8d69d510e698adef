/** Object storage: a single revision counter, history, optimistic concurrency, an optional journal on disk. */
@NullMarked
package dev.sluice.kubeapi.store;

import org.jspecify.annotations.NullMarked;
