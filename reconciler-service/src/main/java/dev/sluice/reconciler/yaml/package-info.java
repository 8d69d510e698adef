/** Reads and writes YAML as the Go tools around Flux do: YAML 1.1 via JSON, with limits. */
@NullMarked
package dev.sluice.reconciler.yaml;

import org.jspecify.annotations.NullMarked;
