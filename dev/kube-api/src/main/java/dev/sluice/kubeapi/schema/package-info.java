/** Structural schemas of custom resources: checking, pruning, defaulting, and columns of tables. */
@NullMarked
package dev.sluice.kubeapi.schema;

import org.jspecify.annotations.NullMarked;
