/** Structural schemas: validation, pruning, defaulting and printer columns. */
@NullMarked
package dev.sluice.kubeapi.schema;

import org.jspecify.annotations.NullMarked;
