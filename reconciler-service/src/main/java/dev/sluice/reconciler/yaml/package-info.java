/** Reads and writes YAML as the Go tools around Flux do: YAML 1.1 by way of JSON, with bounds. */
@NullMarked
package dev.sluice.reconciler.yaml;

import org.jspecify.annotations.NullMarked;
