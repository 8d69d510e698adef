/**
 * What generators have published, a file and an ExternalArtifact at a time: how it gets where it is read, and whether it
 * is still as it was left.
 */
@NullMarked
package dev.sluice.reconciler.publish;

import org.jspecify.annotations.NullMarked;
