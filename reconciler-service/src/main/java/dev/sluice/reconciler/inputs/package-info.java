/** The inputs of artifacts: a YAML file whose values are published in the status of the ExternalArtifact. */
@NullMarked
package dev.sluice.reconciler.inputs;

import org.jspecify.annotations.NullMarked;
