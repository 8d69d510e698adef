/** Applies manifests to the in-memory Kubernetes API. */
@NullMarked
package dev.sluice.launcher.cluster;

import org.jspecify.annotations.NullMarked;
